namespace WasmAspire.Requester.Submission;

/// <summary>Reads a stream into memory, never more of it than allowed.</summary>
internal static class BoundedBody
{
    /// <summary>All bytes of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="limit">The most bytes it may have.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="BadHttpRequestException">413: it has more.</exception>
    public static async Task<byte[]> ReadAsync(Stream stream, int limit, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        var buffer = new byte[81920];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (content.Length + count > limit)
            {
                throw new BadHttpRequestException($"More than {limit} bytes.", StatusCodes.Status413PayloadTooLarge);
            }

            content.Write(buffer, 0, count);
        }

        return content.ToArray();
    }
}
