using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using WasmAspire.Jobs;

namespace WasmAspire.Requester.Problems;

/// <summary>Answers exceptions that tell of the caller's request or of Redis; all others stay a bare 500.</summary>
internal sealed class ExceptionAnswers(ILogger<ExceptionAnswers> logger) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        ProblemHttpResult? answer = null;
        if (RedisOutage.Causes(exception))
        {
            Log.RedisLost(logger, exception.Message);
            httpContext.Response.Headers.RetryAfter = "1";
            answer = Problem.Create(StatusCodes.Status503ServiceUnavailable, "redis-unavailable", "Redis cannot be reached", "The jobs are kept in Redis, which does not answer. Try again in a moment, with the same Idempotency-Key if the request was a POST.");
        }
        else if (exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            answer = Problem.Create(StatusCodes.Status413PayloadTooLarge, "too-large", "The body is too large", $"A module may have {Sizes.Module} bytes, a whole request {Sizes.Body}.");
        }
        else if (exception is BadHttpRequestException bad)
        {
            answer = Problem.Create(bad.StatusCode, "bad-request", "The request cannot be read", bad.Message);
        }

        if (answer is null)
        {
            return false;
        }

        await answer.ExecuteAsync(httpContext);
        return true;
    }
}
