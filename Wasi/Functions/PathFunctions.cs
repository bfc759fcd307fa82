using WasmAspire.Wasi.Descriptors;
using WasmAspire.Wasi.Files;
using Wasmtime;

namespace WasmAspire.Wasi.Functions;

/// <summary>Functions on paths. The tree is read-only.</summary>
internal static class PathFunctions
{
    private const int Create = 1;
    private const int Directory = 2;
    private const int Exclusive = 4;
    private const int Truncate = 8;

    public static void Define(Linker linker, string module)
    {
        linker.DefineFunction<int, int, int, int>(module, "path_create_directory", (caller, fd, path, length) => (int)Change(new Guest(caller), fd, path, length));
        linker.DefineFunction<int, int, int, int, int, int>(module, "path_filestat_get", (caller, fd, _, path, length, result) => (int)FilestatGet(new Guest(caller), fd, path, length, result));
        linker.DefineFunction<int, int, int, int, long, long, int, int>(module, "path_filestat_set_times", (caller, fd, _, path, length, _, _, _) => (int)Change(new Guest(caller), fd, path, length));
        linker.DefineFunction<int, int, int, int, int, int, int, int>(module, "path_link", (caller, fd, _, path, length, _, _, _) => (int)Change(new Guest(caller), fd, path, length));
        linker.DefineFunction<int, int, int, int, int, long, long, int, int, int>(module, "path_open", (caller, fd, _, path, length, how, rights, _, _, result) => (int)Open(new Guest(caller), fd, path, length, how, (Rights)rights, result));
        linker.DefineFunction<int, int, int, int, int, int, int>(module, "path_readlink", (caller, fd, path, length, _, _, _) => (int)ReadLink(new Guest(caller), fd, path, length));
        linker.DefineFunction<int, int, int, int>(module, "path_remove_directory", (caller, fd, path, length) => (int)Change(new Guest(caller), fd, path, length));
        linker.DefineFunction<int, int, int, int, int, int, int>(module, "path_rename", (caller, fd, path, length, _, _, _) => (int)Change(new Guest(caller), fd, path, length));
        linker.DefineFunction<int, int, int, int, int, int>(module, "path_symlink", (caller, path, length, fd, _, _) => (int)Change(new Guest(caller), fd, path, length));
        linker.DefineFunction<int, int, int, int>(module, "path_unlink_file", (caller, fd, path, length) => (int)Change(new Guest(caller), fd, path, length));
    }

    private static Errno Find(Guest guest, int fd, int path, int length, out VirtualNode? node)
    {
        node = null;
        var error = ReadPath(guest, fd, path, length, out var directory, out var text);
        return error == Errno.Success ? directory!.Find(text, out node) : error;
    }

    private static Errno ReadPath(Guest guest, int fd, int path, int length, out VirtualDirectory? directory, out string text)
    {
        directory = null;
        text = "";
        switch (guest.Wasi.Descriptors[fd])
        {
            case DirectoryDescriptor descriptor:
                directory = descriptor.Directory;
                return guest.ReadPath(path, length, out text);
            case null:
                return Errno.BadDescriptor;
            default:
                return Errno.NotDirectory;
        }
    }

    private static Errno Change(Guest guest, int fd, int path, int length)
    {
        var error = ReadPath(guest, fd, path, length, out _, out _);
        return error == Errno.Success ? Errno.NotPermitted : error;
    }

    private static Errno ReadLink(Guest guest, int fd, int path, int length)
    {
        // There are no symbolic links: all that exists is something else.
        var error = Find(guest, fd, path, length, out _);
        return error == Errno.Success ? Errno.Invalid : error;
    }

    private static Errno FilestatGet(Guest guest, int fd, int path, int length, int result)
    {
        var error = Find(guest, fd, path, length, out var node);
        return error != Errno.Success
            ? error
            : node is VirtualFile file
                ? DescriptorFunctions.WriteFilestat(guest, result, file.Inode, FileType.RegularFile, (ulong)file.Content.Length)
                : DescriptorFunctions.WriteFilestat(guest, result, node!.Inode, FileType.Directory, 0);
    }

    private static Errno Open(Guest guest, int fd, int path, int length, int how, Rights rights, int result)
    {
        var error = Find(guest, fd, path, length, out var node);
        if (error == Errno.NoEntry && (how & Create) != 0)
        {
            return Errno.NotPermitted;
        }

        if (error != Errno.Success)
        {
            return error;
        }

        if ((how & (Create | Exclusive)) == (Create | Exclusive))
        {
            return Errno.Exists;
        }

        if ((how & Directory) != 0 && node is not VirtualDirectory)
        {
            return Errno.NotDirectory;
        }

        if ((how & Truncate) != 0 || (rights.HasFlag(Rights.Write) && node is VirtualFile))
        {
            return Errno.NotPermitted;
        }

        error = guest.Wasi.Descriptors.Open(node!, out var opened);
        return error == Errno.Success ? guest.Write(result, opened) : error;
    }
}
