using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Aspire.Dashboard.Otlp;

/// <summary>gzip for gRPC whose output has an end: a few KB can unpack to GBs, and gRPC looks at the packed size only.</summary>
internal sealed class CappedGzip(int maxBytes) : ICompressionProvider
{
    public string EncodingName => "gzip";

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new GZipStream(stream, compressionLevel ?? CompressionLevel.Fastest, leaveOpen: true);

    public Stream CreateDecompressionStream(Stream stream) =>
        new CappedStream(new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true), maxBytes, TooLarge);

    private RpcException TooLarge() => new(new Status(StatusCode.ResourceExhausted, $"A request may have {maxBytes} bytes at most, unpacked."));
}
