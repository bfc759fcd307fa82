using System.Text;

namespace WasmAspire.Wasi.Files;

/// <summary>Changes of a tree's entries. What is asked in which order is Linux's, so that the errno is where several things are wrong.</summary>
internal static class TreeOperations
{
    /// <summary>Makes a file where there is nothing.</summary>
    public static Errno CreateFile(Place place, out VirtualFile? file)
    {
        file = null;
        var error = CheckNew(place);
        if (error == Errno.Success)
        {
            file = new VirtualFile(place.Directory.Tree);
            error = Add(place, file);
        }

        return error;
    }

    /// <summary>Makes a directory where there is nothing.</summary>
    public static Errno CreateDirectory(Place place)
    {
        var error = CheckNew(place);
        return error == Errno.Success ? Add(place, new VirtualDirectory(place.Directory.Tree) { LeadsToWritable = true }) : error;
    }

    /// <summary>Makes a symbolic link where there is nothing.</summary>
    public static Errno CreateSymbolicLink(Place place, string target)
    {
        if (target.Length == 0)
        {
            return Errno.NoEntry;
        }

        var error = CheckNew(place);
        return error == Errno.Success ? Add(place, new SymbolicLink(place.Directory.Tree, target)) : error;
    }

    /// <summary>Gives what is at a place another name.</summary>
    public static Errno Link(Place from, Place to)
    {
        if (from.Node is not { } node)
        {
            return Errno.NoEntry;
        }

        if (to.Node is not null)
        {
            return Errno.Exists;
        }

        var error = CheckNew(to);
        if (error != Errno.Success)
        {
            return error;
        }

        return node is VirtualDirectory || !node.IsWritable ? Errno.NotPermitted : Add(to, node);
    }

    /// <summary>Removes a file or symbolic link.</summary>
    public static Errno Unlink(Place place)
    {
        if (place.IsDirectoryItself)
        {
            return Errno.IsDirectory;
        }

        if (place.Entry is not { } entry)
        {
            return Errno.NoEntry;
        }

        if (!place.Directory.IsWritable)
        {
            return Errno.NotPermitted;
        }

        if (entry.Node is VirtualDirectory)
        {
            return Errno.IsDirectory;
        }

        place.Directory.Remove(entry);
        Discard(entry.Node);
        return Errno.Success;
    }

    /// <summary>Removes an empty directory.</summary>
    public static Errno RemoveDirectory(Place place)
    {
        if (place.IsDirectoryItself)
        {
            return Errno.Invalid;
        }

        if (place.Entry is not { } entry)
        {
            return Errno.NoEntry;
        }

        if (!place.Directory.IsWritable)
        {
            return Errno.NotPermitted;
        }

        if (entry.Node is not VirtualDirectory directory)
        {
            return Errno.NotDirectory;
        }

        if (!directory.IsEmpty)
        {
            return Errno.NotEmpty;
        }

        place.Directory.Remove(entry);
        Discard(directory);
        return Errno.Success;
    }

    /// <summary>Moves an entry, also to where something is that it may take the place of.</summary>
    public static Errno Rename(Place from, Place to)
    {
        if (from.IsDirectoryItself || to.IsDirectoryItself)
        {
            return Errno.Busy;
        }

        if (from.Entry is not { Node: var node } entry)
        {
            return Errno.NoEntry;
        }

        var error = CheckMove(from, node, to);
        if (error != Errno.Success || to.Node == node)
        {
            // Two names of one file stay as they are (POSIX).
            return error;
        }

        from.Directory.Remove(entry);
        if (to.Entry is { Node: var replaced } target)
        {
            to.Directory.Replace(target, node);
            Discard(replaced);
        }
        else
        {
            to.Directory.Add(to.Name, node);
        }

        node.ChangeTime = WasiContext.Realtime;
        return Errno.Success;
    }

    private static Errno CheckMove(Place from, VirtualNode node, Place to)
    {
        if (node is not VirtualDirectory && (from.HasSlash || to.HasSlash))
        {
            return Errno.NotDirectory;
        }

        if (to.Directory.IsWithin(node))
        {
            return Errno.Invalid;
        }

        if (to.Node is { } there && from.Directory.IsWithin(there))
        {
            return Errno.NotEmpty;
        }

        if (to.Node == node)
        {
            return Errno.Success;
        }

        if (!from.Directory.IsWritable)
        {
            return Errno.NotPermitted;
        }

        var error = to.Node is null ? CheckParent(to.Directory) : CheckReplace(node, to);
        if (error != Errno.Success)
        {
            return error;
        }

        var length = PathLength(to);
        if (node is VirtualDirectory directory && length > directory.PathLength)
        {
            length += directory.LongestPathUnder;
        }

        return length > PathLookup.MaxPathBytes ? Errno.NameTooLong : Errno.Success;
    }

    private static Errno CheckReplace(VirtualNode node, Place to)
    {
        if (!to.Directory.IsWritable)
        {
            return Errno.NotPermitted;
        }

        return (node, to.Node) switch
        {
            (VirtualDirectory, not VirtualDirectory) => Errno.NotDirectory,
            (not VirtualDirectory, VirtualDirectory) => Errno.IsDirectory,
            (_, VirtualDirectory { IsEmpty: false }) => Errno.NotEmpty,
            _ => Errno.Success,
        };
    }

    private static Errno CheckNew(Place place)
    {
        if (place.Node is not null)
        {
            return Errno.Exists;
        }

        var error = CheckParent(place.Directory);
        if (error != Errno.Success)
        {
            return error;
        }

        if (PathLength(place) > PathLookup.MaxPathBytes)
        {
            return Errno.NameTooLong;
        }

        return place.Directory.Tree.HasRoomForEntry ? Errno.Success : Errno.NoSpace;
    }

    private static Errno CheckParent(VirtualDirectory directory)
    {
        if (directory.IsRemoved)
        {
            return Errno.NoEntry;
        }

        return directory.IsWritable ? Errno.Success : Errno.NotPermitted;
    }

    /// <summary>
    /// Bytes of a place's path from the root. It is bounded although a guest can go deeper step by step: else the paths of
    /// what it has made (<see cref="VirtualTree.Changes"/>) would take memory that nothing counts.
    /// </summary>
    private static int PathLength(Place place) => place.Directory.PathLength + 1 + Encoding.UTF8.GetByteCount(place.Name);

    private static Errno Add(Place place, VirtualNode node)
    {
        var error = node.AddLink();
        if (error == Errno.Success)
        {
            node.IsWritable = true;
            place.Directory.Add(place.Name, node);
        }

        return error;
    }

    private static void Discard(VirtualNode node)
    {
        (node as VirtualDirectory)?.MarkRemoved();
        node.RemoveLink();
    }
}
