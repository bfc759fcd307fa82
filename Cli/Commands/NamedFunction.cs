namespace WasmAspire.Cli.Commands;

/// <summary>A function as <c>names</c> shows it to programs.</summary>
/// <param name="Index">Its index, imports first.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Raw">Its name as the module has it.</param>
internal sealed record NamedFunction(int Index, string Name, string Raw);
