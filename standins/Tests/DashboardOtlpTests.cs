extern alias Dashboard;

using System.IO.Compression;
using System.Net;
using Dashboard::OpenTelemetry.Proto.Collector.Trace.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using static WasmAspire.Tests.StandIns.DashboardTelemetry;

namespace WasmAspire.Tests.StandIns;

public sealed class DashboardOtlpTests : IAsyncLifetime
{
    private const int RequestBytes = 4 << 20;

    private DashboardHost dashboard = null!;

    public async Task InitializeAsync() => dashboard = await DashboardHost.StartAsync();

    public async Task DisposeAsync() => await dashboard.DisposeAsync();

    [Fact]
    public async Task WhatIsRefusedIsToldAsPartialSuccess()
    {
        Assert.Null((await dashboard.ExportAsync(From("service", Span(1, 1)))).PartialSuccess);

        var answer = await dashboard.ExportAsync(From("service", Span(1, 1), Span(1, 2)));

        Assert.Equal((1, $"Span {SpanId(1)} of trace {TraceId(1)} is here already."), (answer.PartialSuccess.RejectedSpans, answer.PartialSuccess.ErrorMessage));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task HttpTakesProtobufPlainAndPacked(string? encoding)
    {
        var bytes = Request(Span(1, 1)).ToByteArray();

        using var answer = await PostAsync(DashboardHost.Protobuf(encoding is null ? bytes : Gzip(bytes), encoding));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/x-protobuf", answer.Content.Headers.ContentType!.MediaType);
        Assert.Null(ExportTraceServiceResponse.Parser.ParseFrom(await answer.Content.ReadAsByteArrayAsync()).PartialSuccess);
        Assert.NotNull(dashboard.Store.Trace(TraceId(1)));
    }

    [Theory]
    [InlineData("application/json", null)]
    [InlineData("text/plain", null)]
    [InlineData("", null)]
    [InlineData("application/x-protobuf", "br")]
    public async Task HttpRefusesOtherContent(string type, string? encoding)
    {
        using var content = new ByteArrayContent(Request(Span(1, 1)).ToByteArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var answer = await PostAsync(content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Null(dashboard.Store.Trace(TraceId(1)));
    }

    [Fact]
    public async Task HttpRefusesWhatIsNotProtobufOrNotGzip()
    {
        using var garbage = await PostAsync(DashboardHost.Protobuf([0x0a, 0xff, 0xff, 0xff]));
        using var notGzip = await PostAsync(DashboardHost.Protobuf(Request(Span(1, 1)).ToByteArray(), "gzip"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (garbage.StatusCode, notGzip.StatusCode));
        Assert.StartsWith("The body is not what its headers say: ", await garbage.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await AssertStillReceivesAsync();
    }

    [Fact]
    public async Task HttpRefusesTooMuchPlainOrPacked()
    {
        using var plain = await PostAsync(DashboardHost.Protobuf(new byte[RequestBytes + 1]));
        using var packed = await PostAsync(DashboardHost.Protobuf(Gzip(new byte[200 << 20]), "gzip"));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), (plain.StatusCode, packed.StatusCode));
        await AssertStillReceivesAsync();
    }

    [Fact]
    public async Task GrpcRefusesTooMuchPlainOrPacked()
    {
        var huge = Request(Span(1, 1).With("payload", new string('x', RequestBytes)));
        using var channel = GrpcChannel.ForAddress(dashboard.OtlpGrpc, new() { MaxSendMessageSize = null });

        var plain = await Assert.ThrowsAsync<RpcException>(() => DashboardHost.ExportAsync(channel, huge, DashboardHost.OtlpKey));
        var packed = await Assert.ThrowsAsync<RpcException>(() => DashboardHost.ExportAsync(channel, huge, DashboardHost.OtlpKey, "gzip"));

        Assert.Equal((StatusCode.ResourceExhausted, StatusCode.ResourceExhausted), (plain.StatusCode, packed.StatusCode));
        await AssertStillReceivesAsync();
    }

    [Fact]
    public async Task GrpcRefusesWhatIsNotProtobuf()
    {
        using var channel = GrpcChannel.ForAddress(dashboard.OtlpGrpc);
        var bytes = Marshallers.Create<byte[]>(message => message, message => message);
        var garbage = new Method<byte[], byte[]>(MethodType.Unary, "opentelemetry.proto.collector.trace.v1.TraceService", "Export", bytes, bytes);
        var unknown = new Method<byte[], byte[]>(MethodType.Unary, "opentelemetry.proto.collector.trace.v1.TraceService", "Import", bytes, bytes);
        var options = new CallOptions(new() { { "x-otlp-api-key", DashboardHost.OtlpKey } });

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await channel.CreateCallInvoker().AsyncUnaryCall(garbage, null, options, [0x0a, 0xff, 0xff, 0xff]));
        var missing = await Assert.ThrowsAsync<RpcException>(async () => await channel.CreateCallInvoker().AsyncUnaryCall(unknown, null, options, []));

        Assert.Equal((StatusCode.InvalidArgument, StatusCode.Unimplemented), (refused.StatusCode, missing.StatusCode));
        await AssertStillReceivesAsync();
    }

    /// <summary>A field of tomorrow's OTLP is no error, and is not kept.</summary>
    [Fact]
    public async Task FieldsThatAreNotKnownAreLeftOut()
    {
        var span = Span(1, 1).ToByteArray();
        // field 1000, a string of 3 bytes
        var tomorrow = Dashboard::OpenTelemetry.Proto.Trace.V1.Span.Parser.ParseFrom([.. span, 0xc2, 0x3e, 3, 0x61, 0x62, 0x63]);
        Assert.Equal(span.Length + 6, tomorrow.CalculateSize());

        await dashboard.ExportAsync(From("service", tomorrow));
        using var answer = await PostAsync(DashboardHost.Protobuf(Request(new Dashboard::OpenTelemetry.Proto.Trace.V1.Span(tomorrow) { SpanId = Bytes(SpanId(2)) }).ToByteArray()));

        Assert.Equal([span.Length, span.Length], dashboard.Store.Trace(TraceId(1))!.Spans.Select(stored => stored.Message.CalculateSize()));
    }

    [Fact]
    public async Task GrpcTakesGzip()
    {
        using var channel = GrpcChannel.ForAddress(dashboard.OtlpGrpc);

        await DashboardHost.ExportAsync(channel, Request(Span(1, 1)), DashboardHost.OtlpKey, "gzip");

        Assert.NotNull(dashboard.Store.Trace(TraceId(1)));
    }

    /// <summary>Two bytes a message on the wire, many more in memory.</summary>
    [Fact]
    public async Task MillionsOfEmptyMessagesAreRefusedOneByOne()
    {
        var empty = new byte[RequestBytes / 2];
        for (var at = 0; at < empty.Length; at += 2)
        {
            empty[at] = 0x12;
        }
        // resource_spans { scope_spans { spans {} spans {} … } }
        byte[] scope = [0x12, .. Varint(empty.Length), .. empty];
        byte[] request = [0x0a, .. Varint(scope.Length), .. scope];

        using var answer = await PostAsync(DashboardHost.Protobuf(request));

        var partial = ExportTraceServiceResponse.Parser.ParseFrom(await answer.Content.ReadAsByteArrayAsync()).PartialSuccess;
        Assert.Equal(empty.Length / 2, partial.RejectedSpans);
        await AssertStillReceivesAsync();
    }

    private static byte[] Varint(int value)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteInt32(value);
        }
        return stream.ToArray();
    }

    private static ExportTraceServiceRequest Request(params Dashboard::OpenTelemetry.Proto.Trace.V1.Span[] spans) => new() { ResourceSpans = { From("service", spans) } };

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }
        return packed.ToArray();
    }

    private async Task<HttpResponseMessage> PostAsync(HttpContent content)
    {
        using var client = DashboardHost.Client(dashboard.OtlpHttp);
        client.DefaultRequestHeaders.Add("x-otlp-api-key", DashboardHost.OtlpKey);
        return await client.PostAsync("/v1/traces", content);
    }

    private async Task AssertStillReceivesAsync()
    {
        await dashboard.ExportAsync(From("service", Span(99, 1)));
        Assert.NotNull(dashboard.Store.Trace(TraceId(99)));
    }
}
