using System.Text.Json;

namespace Aspire.Dashboard.Api;

/// <summary>A line of JSON for each item, as it comes, until the caller or the dashboard goes.</summary>
internal sealed class NdjsonStream<T>(Func<CancellationToken, IAsyncEnumerable<T>> items, Action<Utf8JsonWriter, T> write, CancellationToken stopping) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var response = httpContext.Response;
        response.ContentType = "application/x-ndjson";
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            // the caller knows that it follows before anything has come
            await response.Body.FlushAsync(ended.Token);
            await foreach (var item in items(ended.Token))
            {
                byte[] line = [.. JsonText.Write(writer => write(writer, item)), (byte)'\n'];
                await response.Body.WriteAsync(line, ended.Token);
                await response.Body.FlushAsync(ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // the end that was meant
        }
    }
}
