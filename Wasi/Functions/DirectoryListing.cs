using System.Buffers.Binary;
using System.Text;
using WasmAspire.Wasi.Descriptors;
using WasmAspire.Wasi.Files;

namespace WasmAspire.Wasi.Functions;

/// <summary>Directory entries as <c>fd_readdir</c> gives them (witx <c>dirent</c>).</summary>
internal static class DirectoryListing
{
    private const int HeadSize = 24;

    // "." and ".."
    private const int DotEntries = 2;

    /// <summary>
    /// Fills the buffer with entries from the cookie on, which is an entry's number; the last one may be cut off, and a
    /// full buffer tells that there may be more.
    /// </summary>
    public static Errno Read(Guest guest, int fd, int buffer, uint length, ulong cookie, int result)
    {
        if (guest[fd] is not DirectoryDescriptor { Directory: var directory })
        {
            return Errno.BadDescriptor;
        }

        if (!guest.TrySliceUpTo(buffer, length, out var bytes))
        {
            return Errno.Fault;
        }

        var used = 0;
        for (var next = cookie; next < (ulong)directory.EntryCount + DotEntries && used < bytes.Length; next++)
        {
            var (name, node) = next switch
            {
                0 => (".", directory),
                // Of the tree's root it is right; of others it tells the directory's own number, as Wasmtime does.
                1 => ("..", directory),
                _ => directory.EntryAt((int)next - DotEntries),
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
        head[20] = (byte)node.Type;

        var headCut = Math.Min(HeadSize, bytes.Length);
        head[..headCut].CopyTo(bytes);
        var nameCut = Math.Min(encoded.Length, bytes.Length - headCut);
        encoded.AsSpan(0, nameCut).CopyTo(bytes[headCut..]);
        return headCut + nameCut;
    }
}
