using System.Globalization;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Api;

/// <summary>The query of a call, and what is wrong with it.</summary>
internal sealed class ApiQuery(IQueryCollection query)
{
    private string? wrong;

    /// <summary>400 with the first value that cannot be read; null where all of those asked for could.</summary>
    public IResult? Problem => wrong is null ? null : TypedResults.Problem(wrong, statusCode: StatusCodes.Status400BadRequest);

    public ResourceNames Resources { get; } = new([.. query["resource"].Where(name => !string.IsNullOrEmpty(name)).Cast<string>()]);

    public string? TraceId => Text("traceId");

    public TextSearch Search => new(Text("search"));

    /// <summary>Aspire's names of the severities; the least where nothing is asked for.</summary>
    public LogSeverity Severity
    {
        get
        {
            if (Text("severity") is not { } text || text.Equals(nameof(LogSeverity.Trace), StringComparison.OrdinalIgnoreCase))
            {
                return LogSeverity.Unspecified;
            }
            if (Enum.TryParse<LogSeverity>(text, ignoreCase: true, out var severity) && Enum.IsDefined(severity) && !char.IsAsciiDigit(text[0]))
            {
                return severity;
            }
            wrong ??= $"severity is '{text}'. Give one of trace, debug, information, warning, error, critical.";
            return LogSeverity.Unspecified;
        }
    }

    public bool? Flag(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }
        wrong ??= $"{name} is '{text}'. Give true or false.";
        return null;
    }

    public int Limit(int standard)
    {
        if (Text("limit") is not { } text)
        {
            return standard;
        }
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0)
        {
            return limit;
        }
        wrong ??= $"limit is '{text}'. Give a whole number above 0.";
        return standard;
    }

    private string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;
}
