using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace WasmAspire.Tests.Requester;

/// <summary>Tells which requests have ended, whether or not anybody was there to read the answer.</summary>
internal sealed class RequestLog : IStartupFilter
{
    private readonly Channel<string> ended = Channel.CreateUnbounded<string>();

    /// <summary>Waits until a request with this query has ended.</summary>
    public async Task WaitForEndAsync(string query)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await ended.Reader.ReadAsync(patience.Token) != query)
        {
        }
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, inner) =>
        {
            try
            {
                await inner(context);
            }
            finally
            {
                ended.Writer.TryWrite(context.Request.QueryString.ToString());
            }
        });
        next(app);
    };
}
