namespace WasmAspire.Requester.Contracts;

/// <summary>One thing that a module needs from its host.</summary>
/// <param name="Module">The first part of its name.</param>
/// <param name="Name">The second part of its name.</param>
/// <param name="Kind"><c>function</c>, <c>table</c>, <c>memory</c> or <c>global</c>.</param>
/// <param name="Type">A function's type, such as <c>(i32, i32) -> (i32)</c>; null for all other kinds.</param>
public sealed record ImportView(string Module, string Name, string Kind, string? Type);
