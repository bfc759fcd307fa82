using System.Text;
using WasmAspire.Wasi.Files;

namespace WasmAspire.Wasi.Functions;

/// <summary>Functions on paths, but for <c>path_open</c>. Where nothing under a directory may be changed, no change is looked at further.</summary>
internal static class PathFunctions
{
    private const int FollowSymbolicLink = 1;

    public static void Define(FunctionTable table)
    {
        table.Define("path_create_directory", (Guest guest, int fd, int path, int length) => CreateDirectory(guest, fd, path, length));
        table.Define("path_filestat_get", (Guest guest, int fd, int lookup, int path, int length, int result) =>
            FilestatGet(guest, fd, lookup, path, length, result));
        table.Define("path_filestat_set_times", (Guest guest, int fd, int lookup, int path, int length, long access, long modification, int flags) =>
            SetTimes(guest, fd, lookup, path, length, (ulong)access, (ulong)modification, flags));
        table.Define("path_link", (Guest guest, int fd, int lookup, int path, int length, int newFd, int newPath, int newLength) =>
            Link(guest, fd, lookup, path, length, newFd, newPath, newLength));
        table.Define("path_open", (Guest guest, int fd, int lookup, int path, int length, int how, long rights, long _, int flags, int result) =>
            PathOpen.Open(guest, fd, Follows(lookup), path, length, how, rights, flags, result));
        table.Define("path_readlink", (Guest guest, int fd, int path, int length, int buffer, int bufferLength, int result) =>
            ReadLink(guest, fd, path, length, buffer, (uint)bufferLength, result));
        table.Define("path_remove_directory", (Guest guest, int fd, int path, int length) =>
            Remove(guest, fd, path, length, TreeOperations.RemoveDirectory));
        table.Define("path_rename", (Guest guest, int fd, int path, int length, int newFd, int newPath, int newLength) =>
            Rename(guest, fd, path, length, newFd, newPath, newLength));
        table.Define("path_symlink", (Guest guest, int target, int targetLength, int fd, int path, int length) =>
            CreateSymbolicLink(guest.On(fd), target, targetLength, fd, path, length));
        table.Define("path_unlink_file", (Guest guest, int fd, int path, int length) =>
            Remove(guest, fd, path, length, TreeOperations.Unlink));
    }

    private static bool Follows(int lookup) => (lookup & FollowSymbolicLink) != 0;

    private static Errno CreateDirectory(Guest guest, int fd, int path, int length)
    {
        var error = guest.ReadPathToChange(fd, path, length, out var from, out var text);
        if (error != Errno.Success)
        {
            return error;
        }

        error = PathLookup.FindEntry(from!, WithoutSlash(text), out var place);
        return error == Errno.Success ? TreeOperations.CreateDirectory(place) : error;
    }

    private static Errno CreateSymbolicLink(Guest guest, int target, int targetLength, int fd, int path, int length)
    {
        if (guest.DirectoryOf(fd) is not { } from)
        {
            return Errno.BadDescriptor;
        }

        var error = guest.ReadPath(target, targetLength, out var targetText);
        if (error == Errno.Success)
        {
            error = guest.ReadPathToChange(fd, path, length, out _, out var text);
            if (error == Errno.Success)
            {
                return CreateSymbolicLink(from, targetText, text);
            }
        }

        return error;
    }

    private static Errno CreateSymbolicLink(VirtualDirectory from, string target, string path)
    {
        if (target.StartsWith('/'))
        {
            // It could only lead out of the tree.
            return Errno.NotPermitted;
        }

        var error = PathLookup.FindEntry(from, path, out var place);
        if (error != Errno.Success)
        {
            return error;
        }

        return target.Contains('\0', StringComparison.Ordinal) ? Errno.Invalid : TreeOperations.CreateSymbolicLink(place, target);
    }

    private static Errno FilestatGet(Guest guest, int fd, int lookup, int path, int length, int result)
    {
        var error = guest.ReadPath(fd, path, length, out var from, out var text);
        if (error != Errno.Success)
        {
            return error;
        }

        error = PathLookup.FindNode(from!, text, Follows(lookup), out var node);
        return error == Errno.Success ? Filestat.Write(guest, result, node) : error;
    }

    private static Errno Link(Guest guest, int fd, int lookup, int path, int length, int newFd, int newPath, int newLength)
    {
        var error = ReadTwoPaths(guest, fd, path, length, newFd, newPath, newLength, out var text, out var newText);
        if (error != Errno.Success)
        {
            return error;
        }

        if (Follows(lookup))
        {
            return Errno.Invalid;
        }

        error = PathLookup.FindEntry(guest.DirectoryOf(fd)!, text, out var from);
        if (error != Errno.Success)
        {
            return error;
        }

        error = PathLookup.FindEntry(guest.DirectoryOf(newFd)!, newText, out var to);
        return error == Errno.Success ? TreeOperations.Link(from, to) : error;
    }

    private static Errno ReadLink(Guest guest, int fd, int path, int length, int buffer, uint bufferLength, int result)
    {
        var error = guest.ReadPath(fd, path, length, out var from, out var text);
        if (error != Errno.Success)
        {
            return error;
        }

        error = PathLookup.FindEntry(from!, text, out var place);
        if (error != Errno.Success)
        {
            return error;
        }

        if (place.Node is not SymbolicLink link)
        {
            return place.Node is null ? Errno.NoEntry : Errno.Invalid;
        }

        var target = Encoding.UTF8.GetBytes(link.Target);
        var count = (int)Math.Min(bufferLength, (uint)target.Length);
        if (!guest.TrySlice(buffer, count, out var bytes))
        {
            return Errno.Fault;
        }

        target.AsSpan(0, count).CopyTo(bytes);
        return guest.Write(result, count);
    }

    private static Errno Remove(Guest guest, int fd, int path, int length, Func<Place, Errno> remove)
    {
        var error = guest.ReadPathToChange(fd, path, length, out var from, out var text);
        if (error != Errno.Success)
        {
            return error;
        }

        error = PathLookup.FindEntry(from!, text, out var place);
        return error == Errno.Success ? remove(place) : error;
    }

    private static Errno Rename(Guest guest, int fd, int path, int length, int newFd, int newPath, int newLength)
    {
        var error = ReadTwoPaths(guest, fd, path, length, newFd, newPath, newLength, out var text, out var newText);
        if (error != Errno.Success)
        {
            return error;
        }

        error = FindRenamed(guest.DirectoryOf(fd)!, text, out var from);
        if (error != Errno.Success)
        {
            return error;
        }

        error = FindRenamed(guest.DirectoryOf(newFd)!, newText, out var to);
        return error == Errno.Success ? TreeOperations.Rename(from, to) : error;
    }

    /// <summary>Finds an entry that a slash may follow without the entry being followed.</summary>
    private static Errno FindRenamed(VirtualDirectory start, string path, out Place place)
    {
        var name = WithoutSlash(path);
        var error = PathLookup.FindEntry(start, name, out place);
        place = place with { HasSlash = name.Length < path.Length };
        return error;
    }

    private static Errno ReadTwoPaths(
        Guest guest, int fd, int path, int length, int newFd, int newPath, int newLength, out string text, out string newText)
    {
        newText = "";
        var error = guest.ReadPath(fd, path, length, out var from, out text);
        var to = guest.DirectoryOf(newFd);
        if (to is null)
        {
            return Errno.BadDescriptor;
        }

        if (error == Errno.Success)
        {
            error = guest.ReadPath(newPath, newLength, out newText);
        }

        return error == Errno.Success && !(from!.LeadsToWritable && to!.LeadsToWritable) ? Errno.NotPermitted : error;
    }

    private static Errno SetTimes(Guest guest, int fd, int lookup, int path, int length, ulong access, ulong modification, int flags)
    {
        if (Timestamps.AreContradictory(flags))
        {
            return Errno.Invalid;
        }

        var error = guest.ReadPathToChange(fd, path, length, out var from, out var text);
        if (error != Errno.Success)
        {
            return error;
        }

        error = PathLookup.FindNode(from!, text, Follows(lookup), out var node);
        return error == Errno.Success ? Timestamps.Set(node!, access, modification, flags) : error;
    }

    private static string WithoutSlash(string path) => path.TrimEnd('/') is { Length: > 0 } rest ? rest : path;
}
