using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using WasmAspire.Jobs;

namespace WasmAspire.Requester.Problems;

/// <summary>Answers exceptions that tell of the caller's request or of Redis; all others stay a bare 500.</summary>
internal sealed partial class ExceptionAnswers(ILogger<ExceptionAnswers> logger) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        IResult? answer = null;
        switch (exception)
        {
            case var _ when RedisOutage.Causes(exception):
                Log.RedisLost(logger, RedisOutage.Describe(exception));
                httpContext.Response.Headers.RetryAfter = "1";
                answer = Problem.Create(StatusCodes.Status503ServiceUnavailable, "redis-unavailable", "Redis cannot be reached", "The jobs are kept in Redis, which does not answer. Try again in a moment, with the same Idempotency-Key if the request was a POST.");
                break;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                answer = Problem.Create(StatusCodes.Status413PayloadTooLarge, "too-large", "The body is too large", $"A module may have {Sizes.Module} bytes, a whole request {Sizes.Body}.");
                break;
            case BadHttpRequestException bad when Parameter().Match(bad.Message) is { Success: true } match:
                var states = match.Groups["type"].Value.Contains(nameof(JobState), StringComparison.Ordinal) ? $" It is one of {string.Join(", ", Enum.GetNames<JobState>())}." : "";
                answer = Problem.InvalidField(match.Groups["name"].Value, $"'{match.Groups["value"].Value}' cannot be read.{states}");
                break;
            case BadHttpRequestException bad:
                answer = Problem.Create(bad.StatusCode, "bad-request", "The request cannot be read", bad.Message);
                break;
        }

        if (answer is null)
        {
            return false;
        }

        await answer.ExecuteAsync(httpContext);
        return true;
    }

    // What ASP.NET Core says of a query value that does not fit its parameter; another wording would be passed on as it is.
    [GeneratedRegex("""^Failed to bind parameter "(?<type>.+) (?<name>\w+)" from "(?<value>.*)"\.$""")]
    private static partial Regex Parameter();
}
