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
    private const ulong DotEntries = 2;

    /// <summary>
    /// Fills the buffer with entries from the cookie on; the last one may be cut off, and a full buffer tells that there
    /// may be more. Entries come in the order in which they were made, and an entry's cookie is its own: what is made and
    /// removed meanwhile lets a listing in parts neither skip nor repeat what was there all the time.
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
        for (; cookie < DotEntries && used < bytes.Length; cookie++)
        {
            // ".." of the tree's root it is right; of others it tells the directory's own number, as Wasmtime does.
            used += Append(bytes[used..], cookie + 1, cookie == 0 ? "." : "..", directory);
        }

        for (var i = directory.FirstAfter(cookie); i < directory.Entries.Count && used < bytes.Length; i++)
        {
            var entry = directory.Entries[i];
            used += Append(bytes[used..], entry.Cookie, entry.Name, entry.Node);
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
