using WasmAspire.Wasi.Descriptors;
using WasmAspire.Wasi.Files;

namespace WasmAspire.Wasi.Functions;

/// <summary><c>path_open</c>.</summary>
internal static class PathOpen
{
    /// <summary>Opens what a path leads to, or makes it.</summary>
    public static Errno Open(Guest guest, int fd, bool follow, int path, int length, int how, long rights, int flags, int result)
    {
        if (guest[fd] is FileDescriptor)
        {
            return Errno.NotDirectory;
        }

        var error = guest.ReadPath(fd, path, length, out var from, out var text);
        if (error != Errno.Success)
        {
            return error;
        }

        var mode = new OpenMode((OpenFlags)how, (Rights)rights, (DescriptorFlags)flags);
        error = mode.Check();
        if (error != Errno.Success)
        {
            return error;
        }

        if (mode.CanWrite && !from!.LeadsToWritable)
        {
            return Errno.NotPermitted;
        }

        // Before anything is made or opened: a number that the guest never hears of could not be closed.
        if (guest.Wasi.Descriptors.IsFull)
        {
            return Errno.TooManyOpenFiles;
        }

        if (!guest.TrySlice(result, sizeof(int), out _))
        {
            return Errno.Fault;
        }

        error = Open(from!, text, follow, mode, out var descriptor);
        if (error != Errno.Success)
        {
            return error;
        }

        error = guest.Wasi.Descriptors.Open(descriptor!, out var number);
        return error == Errno.Success ? guest.Write(result, number) : error;
    }

    private static Errno Open(VirtualDirectory from, string path, bool follow, OpenMode mode, out Descriptor? descriptor)
    {
        descriptor = null;
        var error = PathLookup.Find(from, path, follow && !mode.IsExclusive, mode.Creates, out var place);
        if (error != Errno.Success)
        {
            return error;
        }

        VirtualFile? file;
        switch (place.Node)
        {
            case null when mode.Creates:
                error = TreeOperations.CreateFile(place, out file);
                break;
            case null:
                return Errno.NoEntry;
            case not null when mode.IsExclusive:
                return Errno.Exists;
            case VirtualDirectory when mode.CanWrite:
                return Errno.IsDirectory;
            case VirtualDirectory directory:
                descriptor = new DirectoryDescriptor(directory, preopenedAt: null);
                return Errno.Success;
            case SymbolicLink:
                return Errno.Loop;
            default:
                file = (VirtualFile)place.Node;
                error = Prepare(file, mode, place.HasSlash);
                break;
        }

        if (error == Errno.Success)
        {
            descriptor = new FileDescriptor(file!, mode.CanRead, mode.CanWrite, mode.Flags);
        }

        return error;
    }

    private static Errno Prepare(VirtualFile file, OpenMode mode, bool hasSlash)
    {
        if (hasSlash || mode.WantsDirectory)
        {
            return Errno.NotDirectory;
        }

        if (mode.CanWrite && !file.IsWritable)
        {
            return Errno.NotPermitted;
        }

        return mode.Truncates ? file.SetSize(0) : Errno.Success;
    }
}
