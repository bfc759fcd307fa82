namespace WasmAspire.AppHost;

/// <summary>
/// The folder of one redis-server, locked while its application lives: two servers that append to the same file would
/// ruin it. A second run takes the next free folder of the same name and a number.
/// </summary>
internal sealed class RedisDataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream @lock;

    private RedisDataFolder(string path, FileStream @lock)
    {
        Path = path;
        this.@lock = @lock;
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>The configuration that the server is started with.</summary>
    public string ConfigurationFile => System.IO.Path.Combine(Path, "redis.conf");

    /// <summary>Creates and locks <paramref name="path"/>, or the first of <c>path-2</c>, <c>path-3</c>, … that nobody uses.</summary>
    /// <exception cref="DistributedApplicationException">The folder cannot be written, or a hundred are in use.</exception>
    public static RedisDataFolder Take(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        for (var number = 1; number <= 100; number++)
        {
            var candidate = number == 1 ? path : $"{path}-{number}";
            try
            {
                Directory.CreateDirectory(candidate);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new DistributedApplicationException($"The folder '{candidate}' for Redis's data cannot be made: {e.Message} Set Redis:DataFolder to one that can.", e);
            }

            try
            {
                return new RedisDataFolder(candidate, Open(System.IO.Path.Combine(candidate, "lock")));
            }
            catch (IOException)
            {
                // Locked by another run: the next one.
            }
            catch (UnauthorizedAccessException e)
            {
                throw new DistributedApplicationException($"The folder '{candidate}' for Redis's data cannot be written: {e.Message} Set Redis:DataFolder to one that can.", e);
            }
        }

        throw new DistributedApplicationException($"All of '{path}' to '{path}-100' are locked by other runs. Set Redis:DataFolder to another folder.");
    }

    /// <summary>
    /// Writes the server's configuration: loopback only, append-only file, and <c>noeviction</c>, since a queue that
    /// drops keys loses jobs. The file holds the password and is readable by its owner alone.
    /// </summary>
    public void WriteConfiguration(int port, string password)
    {
        using var file = Open(ConfigurationFile);
        file.SetLength(0);
        using var writer = new StreamWriter(file);
        writer.Write(
            $"""
            bind 127.0.0.1 -::1
            port {port}
            requirepass {password}
            dir "{Path.Replace("\\", "/", StringComparison.Ordinal)}"
            appendonly yes
            appendfsync everysec
            save ""
            maxmemory-policy noeviction

            """);
    }

    /// <summary>Releases the lock; the data stay.</summary>
    public void Dispose() => @lock.Dispose();

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
