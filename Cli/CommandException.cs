namespace WasmAspire.Cli;

/// <summary>Why a command cannot do what it is asked for, in words for its user.</summary>
internal sealed class CommandException(string message) : Exception(message);
