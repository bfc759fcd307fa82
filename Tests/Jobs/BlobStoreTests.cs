using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Jobs;

public sealed class BlobStoreTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private readonly string name = Guid.NewGuid().ToString("n");

    private BlobStore Blobs => new(redis.Connection, name);

    [RequiresToolFact("redis-server")]
    public async Task ContentIsFoundByItsHash()
    {
        var blob = await Blobs.PutAsync("hello"u8.ToArray());

        Assert.Equal(new BlobReference("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", 5), blob);
        Assert.Equal(blob, await Blobs.PutAsync("hello"u8.ToArray()));
        Assert.Equal(blob, await Blobs.FindAsync(blob.Sha256));
        Assert.Equal("hello"u8.ToArray(), Blobs.Get(blob));
    }

    [RequiresToolFact("redis-server")]
    public async Task EmptyContentIsContent()
    {
        var blob = await Blobs.PutAsync(ReadOnlyMemory<byte>.Empty);

        Assert.Equal(blob, await Blobs.FindAsync(blob.Sha256));
        Assert.Empty(Blobs.Get(blob));
    }

    [RequiresToolFact("redis-server")]
    public async Task WhatIsNotStoredIsSaidSo()
    {
        var missing = new BlobReference(new string('0', 64), 1);

        Assert.Null(await Blobs.FindAsync(missing.Sha256));
        Assert.Contains("not in Redis any more", Assert.Throws<InvalidDataException>(() => Blobs.Get(missing)).Message, StringComparison.Ordinal);
    }

    [RequiresToolFact("redis-server")]
    public async Task ContentThatIsNotWhatItsHashSaysIsRefused()
    {
        var blob = await Blobs.PutAsync("hello"u8.ToArray());
        await redis.Connection.GetDatabase().StringSetAsync($"{{{name}}}:blob:{blob.Sha256}", "changed");

        Assert.Contains("is not what its hash says", Assert.Throws<InvalidDataException>(() => Blobs.Get(blob)).Message, StringComparison.Ordinal);
    }
}
