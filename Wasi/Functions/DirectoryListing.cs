using System.Buffers.Binary;
using System.Text;
using WasmAspire.Wasi.Descriptors;
using WasmAspire.Wasi.Files;

namespace WasmAspire.Wasi.Functions;

/// <summary>Directory entries as <c>fd_readdir</c> gives them.</summary>
internal static class DirectoryListing
{
    private const int HeadSize = 24;

    /// <summary>Fills the buffer with entries from the cookie on; the last one may be cut off, which tells that there are more.</summary>
    public static Errno Read(Guest guest, int fd, int buffer, int length, ulong cookie, int result)
    {
        if (guest.Wasi.Descriptors[fd] is not { } descriptor)
        {
            return Errno.BadDescriptor;
        }

        if (descriptor is not DirectoryDescriptor { Directory: var directory })
        {
            return Errno.NotDirectory;
        }

        if (!guest.TrySlice(buffer, length, out var bytes))
        {
            return Errno.Fault;
        }

        var entries = directory.Entries;
        var used = 0;
        for (var next = cookie; next < (ulong)entries.Count + 2 && used < bytes.Length; next++)
        {
            var (name, node) = next switch
            {
                0 => (".", directory),
                1 => ("..", directory),
                _ => (entries[(int)next - 2].Key, entries[(int)next - 2].Value),
            };
            used += Append(bytes[used..], next + 1, name, node);
        }

        return guest.Write(result, used);
    }

    private static int Append(Span<byte> bytes, ulong next, string name, VirtualNode node)
    {
        var encoded = Encoding.UTF8.GetBytes(name);
        Span<byte> head = stackalloc byte[HeadSize];
        head.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(head, next);
        BinaryPrimitives.WriteUInt64LittleEndian(head[8..], node.Inode);
        BinaryPrimitives.WriteUInt32LittleEndian(head[16..], (uint)encoded.Length);
        head[20] = (byte)(node is VirtualDirectory ? FileType.Directory : FileType.RegularFile);

        var headCut = Math.Min(HeadSize, bytes.Length);
        head[..headCut].CopyTo(bytes);
        var nameCut = Math.Min(encoded.Length, bytes.Length - headCut);
        encoded.AsSpan(0, nameCut).CopyTo(bytes[headCut..]);
        return headCut + nameCut;
    }
}
