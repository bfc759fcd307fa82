using System.Security.Cryptography;
using StackExchange.Redis;

namespace WasmAspire.Jobs;

/// <summary>Modules and contents by their SHA-256, each stored once.</summary>
/// <param name="redis">The connection.</param>
/// <param name="queue">The queue's name.</param>
public sealed class BlobStore(IConnectionMultiplexer redis, string queue = JobQueue.DefaultName)
{
    private readonly JobKeys keys = new(queue);

    /// <summary>Stores content and gives its reference; the same bytes give the same one.</summary>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>.</exception>
    public async Task<BlobReference> PutAsync(ReadOnlyMemory<byte> content)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        await redis.GetDatabase().StringSetAsync(keys.Blob(sha256), content, when: When.NotExists);
        return new BlobReference(sha256, content.Length);
    }

    /// <inheritdoc cref="PutAsync"/>
    public BlobReference Put(ReadOnlyMemory<byte> content)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        redis.GetDatabase().StringSet(keys.Blob(sha256), content, when: When.NotExists);
        return new BlobReference(sha256, content.Length);
    }

    /// <summary>The reference of stored content, or null where there is none of this hash.</summary>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>.</exception>
    public async Task<BlobReference?> FindAsync(string sha256)
    {
        // Empty content is stored as a key too, so the length alone does not tell.
        var database = redis.GetDatabase();
        return await database.KeyExistsAsync(keys.Blob(sha256))
            ? new BlobReference(sha256, await database.StringLengthAsync(keys.Blob(sha256)))
            : null;
    }

    /// <summary>Stored content, or null where there is none of this hash.</summary>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>.</exception>
    public async Task<byte[]?> FindContentAsync(string sha256) =>
        await redis.GetDatabase().StringGetAsync(keys.Blob(sha256));

    /// <summary>Stored content, verified against its hash.</summary>
    /// <exception cref="InvalidDataException">It is not stored any more, or is not what its hash says.</exception>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>.</exception>
    public byte[] Get(BlobReference blob)
    {
        var content = (byte[]?)redis.GetDatabase().StringGet(keys.Blob(blob.Sha256))
            ?? throw new InvalidDataException($"The content {blob.Sha256} is not in Redis any more.");
        return Convert.ToHexStringLower(SHA256.HashData(content)) == blob.Sha256
            ? content
            : throw new InvalidDataException($"The content stored as {blob.Sha256} is not what its hash says.");
    }
}
