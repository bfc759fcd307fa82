using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Wasmtime;

namespace WasmAspire.ComputeNode.Compilation;

/// <summary>
/// Compiled modules on the node's disk, so that a node that starts again need not compile them again. They are native
/// code: the folder is the user's alone, and what is read is checked against its own hash, since Wasmtime loads a damaged
/// one and crashes. Nothing that goes wrong here fails a job.
/// </summary>
internal sealed class ArtifactStore
{
    private const string Extension = ".cwasm";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly long capacity;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private string? folder;

    public ArtifactStore(IOptions<NodeOptions> options, ILogger<ArtifactStore> logger)
    {
        this.logger = logger;
        capacity = options.Value.CompiledFolderBytes;
        if (options.Value.CompiledFolder is not { Length: > 0 } root)
        {
            return;
        }

        // Another version's artifacts are no use to this one, and may still be to a node that runs it.
        folder = Path.Combine(root, $"wasmtime-{typeof(Module).Assembly.GetName().Version}");
        Guarded(() =>
        {
            if (OperatingSystem.IsWindows())
            {
                // A user's local application data are nobody else's by default.
                Directory.CreateDirectory(folder);
            }
            else
            {
                // Of a folder that was there before and belongs to somebody else, this throws.
                Directory.CreateDirectory(folder, OwnerOnly);
                File.SetUnixFileMode(folder, OwnerOnly);
            }
        });
    }

    /// <summary>What was compiled from a module, or null.</summary>
    /// <param name="sha256">The SHA-256 of what was compiled.</param>
    /// <param name="countsFuel">Whether for the engine with fuel.</param>
    public byte[]? Find(string sha256, bool countsFuel)
    {
        byte[]? artifact = null;
        Guarded(() =>
        {
            var path = PathOf(sha256, countsFuel);
            if (!File.Exists(path))
            {
                return;
            }

            var bytes = File.ReadAllBytes(path);
            if (bytes.Length > SHA256.HashSizeInBytes && SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(0, SHA256.HashSizeInBytes)))
            {
                artifact = bytes[SHA256.HashSizeInBytes..];
                File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            }
            else
            {
                Log.DamagedArtifact(logger, path);
                File.Delete(path);
            }
        });
        return artifact;
    }

    /// <summary>Keeps what was compiled; what was not used for longest goes where there is no room.</summary>
    public void Add(string sha256, bool countsFuel, ReadOnlySpan<byte> artifact)
    {
        if (folder is null || artifact.Length > capacity)
        {
            return;
        }

        byte[] file = [.. SHA256.HashData(artifact), .. artifact];
        Guarded(() =>
        {
            // Whole or not at all, also for another node of this machine that reads it.
            var path = PathOf(sha256, countsFuel);
            var scratch = $"{path}.{Guid.NewGuid():N}";
            File.WriteAllBytes(scratch, file);
            File.Move(scratch, path, overwrite: true);
            lock (gate)
            {
                Trim();
            }
        });
    }

    /// <summary>Gives up what does not load, such as one of another machine's processor.</summary>
    public void Remove(string sha256, bool countsFuel) => Guarded(() => File.Delete(PathOf(sha256, countsFuel)));

    private string PathOf(string sha256, bool countsFuel) => Path.Combine(folder!, sha256 + (countsFuel ? "-fuel" : "") + Extension);

    private void Trim()
    {
        var files = new DirectoryInfo(folder!).GetFiles("*" + Extension).OrderBy(file => file.LastWriteTimeUtc).ToArray();
        var used = files.Sum(file => file.Length);
        foreach (var file in files)
        {
            if (used <= capacity)
            {
                return;
            }

            used -= file.Length;
            file.Delete();
        }
    }

    private void Guarded(Action action)
    {
        if (folder is null)
        {
            return;
        }

        try
        {
            action();
        }
        catch (FileNotFoundException)
        {
            // Another node of this machine has just given it up.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NoArtifactFolder(logger, folder, e.Message);
            folder = null;
        }
    }
}
