namespace WasmAspire.Cli.Commands;

/// <summary>A section as <c>inspect</c> shows it.</summary>
/// <param name="Name">What it is; of a custom one its name too.</param>
/// <param name="Bytes">The length of its content.</param>
internal sealed record InspectedSection(string Name, int Bytes);
