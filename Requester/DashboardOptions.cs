using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace WasmAspire.Requester;

/// <summary>Where people look at traces.</summary>
internal sealed class DashboardOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Dashboard";

    /// <summary>The dashboard's address; without it jobs have no <c>traceUrl</c>.</summary>
    [Url]
    public string? Url { get; set; }
}

/// <summary>Checks the options at start.</summary>
[OptionsValidator]
internal sealed partial class DashboardOptionsValidator : IValidateOptions<DashboardOptions>;
