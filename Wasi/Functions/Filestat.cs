using System.Buffers.Binary;
using WasmAspire.Wasi.Files;

namespace WasmAspire.Wasi.Functions;

/// <summary>What is known of a file, directory or stream (witx <c>filestat</c>).</summary>
internal static class Filestat
{
    private const int Length = 64;

    /// <summary>Writes device, inode, type, links and size; the three times are 0. Of a stream (null), all is 0.</summary>
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
            bytes[24] = 1;
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], node.Size);
        }

        return Errno.Success;
    }
}
