namespace WasmAspire.Requester.Submission;

/// <summary>Reads one request's body into memory, never more of it than allowed; gives the memory back when the request is over.</summary>
internal sealed class BodyReader(BodyMemory memory) : IDisposable
{
    private long taken;

    /// <summary>All bytes of a stream.</summary>
    /// <param name="stream">The body, or a part of it.</param>
    /// <param name="limit">The most bytes it may have.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="BadHttpRequestException">413: it has more. 503: other requests hold the memory.</exception>
    public async Task<byte[]> ReadAsync(Stream stream, int limit, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        var buffer = new byte[16 << 10];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (content.Length + count > limit)
            {
                throw new BadHttpRequestException($"More than {limit} bytes.", StatusCodes.Status413PayloadTooLarge);
            }

            if (!memory.TryTake(count))
            {
                throw new BadHttpRequestException("Other requests hold the memory.", StatusCodes.Status503ServiceUnavailable);
            }

            taken += count;
            content.Write(buffer, 0, count);
        }

        return content.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => memory.GiveBack(taken);
}
