using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using WasmAspire.Jobs;

namespace WasmAspire.Requester.Problems;

/// <summary>Turns every exception into a problem: the caller reads what to do, the log what happened.</summary>
internal sealed partial class ExceptionAnswers(ILogger<ExceptionAnswers> logger) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var answer = Answer(exception);
        if (answer is IStatusCodeHttpResult { StatusCode: StatusCodes.Status503ServiceUnavailable })
        {
            httpContext.Response.Headers.RetryAfter = "1";
        }

        await answer.ExecuteAsync(httpContext);
        return true;
    }

    private IResult Answer(Exception exception)
    {
        switch (exception)
        {
            case var _ when RedisOutage.IsFull(exception):
                Log.RedisFull(logger);
                return Problem.Create(StatusCodes.Status507InsufficientStorage, "redis-full", "Redis is full", "Redis has no memory left for what the request brings. Its operator can raise maxmemory.");
            case var _ when RedisOutage.Causes(exception):
                Log.RedisLost(logger, RedisOutage.Describe(exception));
                return Problem.Create(StatusCodes.Status503ServiceUnavailable, "redis-unavailable", "Redis cannot be reached", "The jobs are kept in Redis, which does not answer. Try again in a moment, with the same Idempotency-Key if the request was a POST.");
            case BadHttpRequestException { StatusCode: not StatusCodes.Status400BadRequest } bad:
                return Problem.OfStatus(bad.StatusCode);
            case BadHttpRequestException bad when Parameter().Match(bad.Message) is { Success: true } match:
                return Problem.InvalidField(match.Groups["name"].Value, $"'{match.Groups["value"].Value}' cannot be read.");
            case BadHttpRequestException bad:
                return Problem.Create(bad.StatusCode, "bad-request", "The request cannot be read", bad.Message);
            default:
                Log.Failed(logger, exception);
                return Problem.OfStatus(StatusCodes.Status500InternalServerError);
        }
    }

    // What ASP.NET Core says of a query value that does not fit its parameter.
    [GeneratedRegex("""^Failed to bind parameter ".+ (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex Parameter();
}
