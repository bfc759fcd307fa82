using System.Text;

namespace WasmAspire.Wasi.Files;

/// <summary>
/// Finds where paths lead, from a directory on and never above it. The order in which a path is looked at, and so the
/// errno where several things are wrong with it, is Linux's under <c>openat2</c> with <c>RESOLVE_BENEATH</c>, as
/// Wasmtime uses it.
/// </summary>
internal static class PathLookup
{
    /// <summary>Bytes of a name (<c>NAME_MAX</c> of Linux and of wasi-libc).</summary>
    public const int MaxNameBytes = 255;

    /// <summary>Bytes of a path (<c>PATH_MAX</c> of wasi-libc, which counts the NUL at its end).</summary>
    public const int MaxPathBytes = 4095;

    // As many as Linux follows.
    private const int MaxSymbolicLinks = 40;

    /// <summary>Finds what is at the end of a path.</summary>
    /// <param name="start">Where the path starts.</param>
    /// <param name="path">The path.</param>
    /// <param name="follow">Whether a symbolic link at its end is followed.</param>
    /// <param name="node">What is there.</param>
    public static Errno FindNode(VirtualDirectory start, string path, bool follow, out VirtualNode? node)
    {
        var error = Find(start, path, follow, create: false, out var place);
        node = place.Node;
        return error != Errno.Success ? error : CheckExists(place);
    }

    /// <summary>Finds the entry at the end of a path that is to be made or changed; no symbolic link is followed there.</summary>
    public static Errno FindEntry(VirtualDirectory start, string path, out Place place)
    {
        var error = Find(start, path, follow: false, create: false, out place);
        if (error == Errno.Success && place.HasSlash)
        {
            error = CheckExists(place);
            place = place.Node is VirtualDirectory directory ? new Place(directory, ".", null, false) : place;
        }

        return error;
    }

    /// <summary>Finds a place where there need be nothing.</summary>
    /// <param name="start">Where the path starts.</param>
    /// <param name="path">The path.</param>
    /// <param name="follow">Whether a symbolic link at its end is followed.</param>
    /// <param name="create">Whether a file is to be made there, which cannot have a slash at its end.</param>
    /// <param name="place">The place.</param>
    public static Errno Find(VirtualDirectory start, string path, bool follow, bool create, out Place place)
    {
        place = default;
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            return Errno.Invalid;
        }

        if (path.Length == 0)
        {
            return Errno.NoEntry;
        }

        if (path[0] == '/')
        {
            return Errno.NotPermitted;
        }

        var current = start;
        var links = 0;
        for (var at = 0; ;)
        {
            var end = path.IndexOf('/', at);
            end = end < 0 ? path.Length : end;
            var next = end;
            while (next < path.Length && path[next] == '/')
            {
                next++;
            }

            var name = path.AsSpan(at, end - at);
            var isLast = next == path.Length;
            var hasSlash = isLast && next > end;
            at = next;
            if (name is "." or "..")
            {
                if (name.Length == 2)
                {
                    if (current == start)
                    {
                        return Errno.NotPermitted;
                    }

                    current = current.Parent!;
                }

                if (isLast)
                {
                    place = new Place(current, ".", null, false);
                    return Errno.Success;
                }

                continue;
            }

            if (hasSlash && create)
            {
                return Errno.IsDirectory;
            }

            if (IsTooLong(name))
            {
                return Errno.NameTooLong;
            }

            var node = current.TryGet(name, out var entry) ? entry.Node : null;
            if (node is SymbolicLink link && (!isLast || follow || hasSlash))
            {
                if (++links > MaxSymbolicLinks)
                {
                    return Errno.Loop;
                }

                path = string.Concat(link.Target, path.AsSpan(end));
                at = 0;
            }
            else if (isLast)
            {
                place = new Place(current, name.ToString(), entry, hasSlash);
                return Errno.Success;
            }
            else if (node is VirtualDirectory directory)
            {
                current = directory;
            }
            else
            {
                return node is null ? Errno.NoEntry : Errno.NotDirectory;
            }
        }
    }

    /// <summary>Whether a name is longer than one may be.</summary>
    public static bool IsTooLong(ReadOnlySpan<char> name) => name.Length > MaxNameBytes / 3 && Encoding.UTF8.GetByteCount(name) > MaxNameBytes;

    private static Errno CheckExists(Place place) => place.Node switch
    {
        null => Errno.NoEntry,
        not VirtualDirectory when place.HasSlash => Errno.NotDirectory,
        _ => Errno.Success,
    };
}
