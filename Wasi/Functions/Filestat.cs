using System.Buffers.Binary;
using WasmAspire.Wasi.Files;

namespace WasmAspire.Wasi.Functions;

/// <summary>What is known of a file, directory or stream (witx <c>filestat</c>).</summary>
internal static class Filestat
{
    private const int Length = 64;

    /// <summary>Writes device, inode, type, links, size and the three times. Of a stream (null), all is 0.</summary>
    public static Errno Write(Guest guest, int result, VirtualNode? node)
    {
        if (!guest.TrySlice(result, Length, out var bytes))
        {
            return Errno.Fault;
        }

        bytes.Clear();
        if (node is not null)
        {
            bytes[0] = 1;
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], node.Inode);
            bytes[16] = (byte)node.Type;
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (ulong)node.Links);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], node.Size);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[40..], node.AccessTime);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[48..], node.ModificationTime);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[56..], node.ChangeTime);
        }

        return Errno.Success;
    }
}
