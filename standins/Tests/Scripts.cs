namespace WasmAspire.Tests.StandIns;

/// <summary>Shell scripts that stand for services.</summary>
internal static class Scripts
{
    /// <summary>Says <c>up</c>, runs until it is asked to end, says <c>down</c>, and ends with 0.</summary>
    public const string Service = "trap 'echo down; exit 0' TERM; echo up; sleep 1000 & wait";

    /// <summary>Says <c>up</c> and does not end when it is asked to.</summary>
    public const string Stubborn = "trap '' TERM; echo up; while :; do sleep 1; done";
}
