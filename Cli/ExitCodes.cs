namespace WasmAspire.Cli;

/// <summary>What the command tells its caller.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The module is refused, a file cannot be read or written, or lint has found something.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;
}
