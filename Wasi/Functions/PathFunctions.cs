using WasmAspire.Wasi.Descriptors;
using WasmAspire.Wasi.Files;

namespace WasmAspire.Wasi.Functions;

/// <summary>Functions on paths. The tree is read-only.</summary>
internal static class PathFunctions
{
    private const int Create = 1;
    private const int Directory = 2;
    private const int Truncate = 8;

    public static void Define(FunctionTable table)
    {
        table.Define("path_create_directory", (Guest guest, int fd, int path, int length) => Change(guest, fd, path, length));
        table.Define("path_filestat_get", (Guest guest, int fd, int _, int path, int length, int result) =>
            FilestatGet(guest, fd, path, length, result));
        table.Define("path_filestat_set_times", (Guest guest, int fd, int _, int path, int length, long _, long _, int flags) =>
            SetTimes(guest, fd, path, length, flags));
        table.Define("path_link", (Guest guest, int fd, int _, int path, int length, int newFd, int newPath, int newLength) =>
            Change(guest, fd, path, length, newFd, newPath, newLength));
        table.Define("path_open", (Guest guest, int fd, int _, int path, int length, int how, long rights, long _, int flags, int result) =>
            Open(guest, fd, path, length, how, (Rights)rights, (DescriptorFlags)flags, result));
        table.Define("path_readlink", (Guest guest, int fd, int path, int length, int _, int _, int _) => ReadLink(guest, fd, path, length));
        table.Define("path_remove_directory", (Guest guest, int fd, int path, int length) => Change(guest, fd, path, length));
        table.Define("path_rename", (Guest guest, int fd, int path, int length, int newFd, int newPath, int newLength) =>
            Change(guest, fd, path, length, newFd, newPath, newLength));
        table.Define("path_symlink", (Guest guest, int target, int targetLength, int fd, int path, int length) =>
            Change(guest.On(fd), fd, target, targetLength, fd, path, length));
        table.Define("path_unlink_file", (Guest guest, int fd, int path, int length) => Change(guest, fd, path, length));
    }

    private static Errno Find(Guest guest, int fd, int path, int length, out VirtualNode? node)
    {
        node = null;
        var error = ReadPath(guest, fd, path, length, out var directory, out var text);
        return error == Errno.Success ? directory!.Find(text, out node) : error;
    }

    private static Errno ReadPath(Guest guest, int fd, int path, int length, out VirtualDirectory? directory, out string text)
    {
        text = "";
        directory = (guest[fd] as DirectoryDescriptor)?.Directory;
        return directory is null ? Errno.BadDescriptor : guest.ReadPath(path, length, out text);
    }

    /// <summary>What a function answers that would change the tree: arguments that make no sense come first.</summary>
    private static Errno Change(Guest guest, int fd, int path, int length)
    {
        var error = ReadPath(guest, fd, path, length, out _, out _);
        return error == Errno.Success ? Errno.NotPermitted : error;
    }

    private static Errno Change(Guest guest, int fd, int path, int length, int newFd, int newPath, int newLength)
    {
        var error = Change(guest, fd, path, length);
        return error == Errno.NotPermitted ? Change(guest, newFd, newPath, newLength) : error;
    }

    private static Errno SetTimes(Guest guest, int fd, int path, int length, int flags) =>
        Timestamps.AreContradictory(flags) ? Errno.Invalid : Change(guest, fd, path, length);

    private static Errno ReadLink(Guest guest, int fd, int path, int length)
    {
        // There are no symbolic links: all that exists is something else.
        var error = Find(guest, fd, path, length, out _);
        return error == Errno.Success ? Errno.Invalid : error;
    }

    private static Errno FilestatGet(Guest guest, int fd, int path, int length, int result)
    {
        var error = Find(guest, fd, path, length, out var node);
        return error == Errno.Success ? Filestat.Write(guest, result, node) : error;
    }

    private static Errno Open(Guest guest, int fd, int path, int length, int how, Rights rights, DescriptorFlags flags, int result)
    {
        if (guest[fd] is FileDescriptor)
        {
            return Errno.NotDirectory;
        }

        var error = ReadPath(guest, fd, path, length, out var directory, out var text);
        if (error != Errno.Success)
        {
            return error;
        }

        if ((how & (Create | Directory)) == (Create | Directory))
        {
            return Errno.Invalid;
        }

        if ((flags & ~DescriptorFlags.Changeable) != 0)
        {
            // Nothing is ever written, so no write can be synchronous.
            return Errno.NotSupported;
        }

        if ((how & (Create | Truncate)) != 0 || rights.HasFlag(Rights.Write))
        {
            return Errno.NotPermitted;
        }

        error = directory!.Find(text, out var node);
        return error == Errno.Success ? Open(guest, node!, how, flags, result) : error;
    }

    private static Errno Open(Guest guest, VirtualNode node, int how, DescriptorFlags flags, int result)
    {
        if ((how & Directory) != 0 && node is not VirtualDirectory)
        {
            return Errno.NotDirectory;
        }

        if (!guest.TrySlice(result, sizeof(int), out _))
        {
            // Before it is open: a number that the guest never hears of could not be closed.
            return Errno.Fault;
        }

        Descriptor descriptor = node is VirtualDirectory directory
            ? new DirectoryDescriptor(directory, preopenedAt: null)
            : new FileDescriptor((VirtualFile)node, flags);
        var error = guest.Wasi.Descriptors.Open(descriptor, out var number);
        return error == Errno.Success ? guest.Write(result, number) : error;
    }
}
