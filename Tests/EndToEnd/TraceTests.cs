using WasmAspire.Tests.Requires;
using WasmAspire.Tests.Telemetry;

namespace WasmAspire.Tests.EndToEnd;

public sealed class TraceTests(RunningApplication application) : IClassFixture<RunningApplication>
{
    // Which WASI calls are long enough for a span is the machine's affair.
    private static readonly object NoWasi = new { wasi = false };

    [RequiresToolFact("redis-server")]
    public async Task ASuccessIsOneTraceFromTheRequestToTheGuestsSpans()
    {
        var job = await application.RunAsync("c/count_vowels", new { name = "count vowels", stdin = new { text = "hello world" }, observe = NoWasi });

        Assert.Equal("Completed", job.GetProperty("state").GetString());
        Assert.Equal(0, job.GetProperty("exitCode").GetInt32());
        Assert.Equal("3\n", job.GetProperty("stdout").GetString());
        var trace = await Trace(job, spans: 10);
        Assert.Equal(
            """
            POST /jobs (requester server) http.request.method=POST http.response.status_code=202 http.route=/jobs
              send jobs (requester producer) messaging.destination.name=jobs messaging.operation=send messaging.operation.type=send messaging.system=redis
                queue wait (computenode internal) messaging.destination.name=jobs messaging.system=redis
                process jobs (computenode consumer) messaging.destination.name=jobs messaging.operation=process messaging.operation.type=process messaging.system=redis wasmaspire.job.attempt=1 wasmaspire.job.name=count vowels wasmaspire.job.state=Completed
                  compile (computenode internal) wasm.module=count vowels
                  instantiate (computenode internal)
                  execute _start (computenode internal)
                    count_vowels (computenode internal) bytes=11 vowels=3 wasm.module=count vowels
                      read (computenode internal) bytes=11 wasm.module=count vowels
                      count (computenode internal) vowels=3 wasm.module=count vowels
                        - Information: counted 3 vowels in 11 bytes

            """,
            trace.Tree());
        await application.Telemetry.WaitForMetricAsync("vowels");
    }

    [RequiresToolFact("redis-server")]
    public async Task EachSpanLiesInItsParentsTime()
    {
        var trace = await Trace(await application.RunAsync("c/count_vowels", new { stdin = new { text = "aeiou" }, observe = NoWasi }), spans: 10);

        foreach (var (parent, child) in ((string, string)[])[("process jobs", "compile"), ("process jobs", "instantiate"), ("process jobs", "execute _start"), ("execute _start", "count_vowels"), ("count_vowels", "read"), ("count_vowels", "count")])
        {
            Assert.True(trace.Span(parent).Start <= trace.Span(child).Start, $"{child} begins before {parent}");
            Assert.True(trace.Span(child).End <= trace.Span(parent).End, $"{child} ends after {parent}");
        }
    }

    [RequiresToolFact("redis-server")]
    public async Task ATrapIsAnErrorOnEveryOpenSpanAndALogOnTheInnermost()
    {
        var job = await application.RunAsync("c/trap", new { name = "trap", args = new[] { "divide" }, observe = NoWasi });

        Assert.Equal(("Failed", "trap", "integer divide by zero"), (job.GetProperty("state").GetString(), job.GetProperty("reason").GetString(), job.GetProperty("message").GetString()));
        var trace = await Trace(job, spans: 9);
        Assert.Equal(
            """
            POST /jobs (requester server) http.request.method=POST http.response.status_code=202 http.route=/jobs
              send jobs (requester producer) messaging.destination.name=jobs messaging.operation=send messaging.operation.type=send messaging.system=redis
                queue wait (computenode internal) messaging.destination.name=jobs messaging.system=redis
                process jobs (computenode consumer) ERROR 'integer divide by zero' messaging.destination.name=jobs messaging.operation=process messaging.operation.type=process messaging.system=redis wasmaspire.job.attempt=1 wasmaspire.job.name=trap wasmaspire.job.state=Failed
                  compile (computenode internal) wasm.module=trap
                  instantiate (computenode internal)
                  execute _start (computenode internal) ERROR 'integer divide by zero'
                    outer (computenode internal) ERROR 'integer divide by zero' trap=divide wasm.module=trap
                      inner (computenode internal) ERROR 'integer divide by zero' trap=divide wasm.module=trap
                        - Warning: about to trap: divide
                        - Error: integer divide by zero

            """,
            trace.Tree());
        var log = trace.Logs.Single(log => log.Severity == "Error" && log.Category == "WasmAspire.Guest");
        Assert.Equal(("IntegerDivisionByZero", "integer divide by zero"), (log.Attributes["exception.type"], log.Attributes["exception.message"]));
        Assert.Contains("at divide_by_zero", log.Attributes["exception.stacktrace"], StringComparison.Ordinal);
        Assert.DoesNotContain("WasmAspire", log.Attributes["exception.stacktrace"], StringComparison.Ordinal);
    }

    [RequiresToolFact("redis-server")]
    public async Task ANonZeroExitIsAnErrorOnEveryOpenSpan()
    {
        var job = await application.RunAsync("c/exit_code", new { name = "exit", args = new[] { "3" }, observe = NoWasi });

        Assert.Equal(("Failed", "exit-code", 3), (job.GetProperty("state").GetString(), job.GetProperty("reason").GetString(), job.GetProperty("exitCode").GetInt32()));
        var trace = await Trace(job, spans: 9);
        Assert.Equal(
            """
            POST /jobs (requester server) http.request.method=POST http.response.status_code=202 http.route=/jobs
              send jobs (requester producer) messaging.destination.name=jobs messaging.operation=send messaging.operation.type=send messaging.system=redis
                queue wait (computenode internal) messaging.destination.name=jobs messaging.system=redis
                process jobs (computenode consumer) ERROR 'The guest left with exit code 3.' messaging.destination.name=jobs messaging.operation=process messaging.operation.type=process messaging.system=redis wasmaspire.job.attempt=1 wasmaspire.job.name=exit wasmaspire.job.state=Failed
                  compile (computenode internal) wasm.module=exit
                  instantiate (computenode internal)
                  execute _start (computenode internal) ERROR 'exit code 3' process.exit.code=3
                    outer (computenode internal) ERROR 'exit code 3' code=3 wasm.module=exit
                      inner (computenode internal) ERROR 'exit code 3' code=3 wasm.module=exit
                        - Information: exiting with code 3

            """,
            trace.Tree());
    }

    [RequiresToolFact("redis-server")]
    public async Task TheGuestsEnvironmentNamesTheExecuteSpan()
    {
        var job = await application.RunAsync("c/env_args", new { observe = new { minSpanMicroseconds = 0 } });

        var trace = await application.Telemetry.WaitForTraceAsync(
            job.GetProperty("traceId").GetString()!,
            trace => trace.Spans.Any(span => span.Name == "execute _start") && trace.Spans.Any(span => span.Name == "wasi.fd_write"));
        var execute = trace.Span("execute _start");
        Assert.Contains($"\nTRACEPARENT=00-{execute.TraceId}-{execute.SpanId}-01\n", job.GetProperty("stdout").GetString(), StringComparison.Ordinal);
        Assert.All(trace.Spans.Where(span => span.Name.StartsWith("wasi.", StringComparison.Ordinal)), span => Assert.Equal(execute.SpanId, span.ParentSpanId));
        Assert.Equal(["1"], trace.Spans.Where(span => span.Name == "wasi.fd_write").Select(span => span.Attributes["wasi.fd"]).Distinct());
    }

    private async Task<ReceivedTrace> Trace(System.Text.Json.JsonElement job, int spans) =>
        await application.Telemetry.WaitForTraceAsync(
            job.GetProperty("traceId").GetString()!,
            trace => trace.Spans.Count >= spans && trace.Logs.Any(log => log.Body.StartsWith("Job ", StringComparison.Ordinal) && !log.Body.EndsWith("accepted", StringComparison.Ordinal)));
}
