using System.Buffers.Binary;
using WasmAspire.Wasi.Descriptors;

namespace WasmAspire.Wasi.Functions;

/// <summary>Waiting: for a clock, or for a descriptor, which is always ready here.</summary>
internal static class PollFunctions
{
    private const int SubscriptionSize = 48;
    private const int EventSize = 32;
    private const byte Clock = 0;
    private const byte Read = 1;
    private const byte Write = 2;
    private const int AbsoluteTime = 1;

    // More could not be told apart by descriptor, and a list as long as memory would keep the host busy.
    private const int MaxSubscriptions = 4096;

    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    public static void Define(FunctionTable table)
    {
        table.Define("poll_oneoff", (Guest guest, int subscriptions, int events, int count, int result) =>
            Poll(guest, subscriptions, events, count, result));
        table.Define("sched_yield", (Guest guest) =>
        {
            Thread.Yield();
            return Errno.Success;
        });
    }

    private static Errno Poll(Guest guest, int subscriptions, int events, int count, int result)
    {
        if (count is <= 0 or > MaxSubscriptions)
        {
            return Errno.Invalid;
        }

        if (!guest.TrySlice(subscriptions, count * SubscriptionSize, out var asked)
            || !guest.TrySlice(events, count * EventSize, out var answered))
        {
            return Errno.Fault;
        }

        var started = guest.Wasi.Monotonic;
        while (true)
        {
            var error = Look(guest, asked, answered, guest.Wasi.Monotonic - started, out var ready, out var wait);
            if (error != Errno.Success)
            {
                return error;
            }

            if (ready > 0)
            {
                return guest.Write(result, ready);
            }

            guest.Wasi.Sleep(TimeSpan.FromTicks((long)Math.Min((wait / 100) + 1, (ulong)LongestSleep.Ticks)));
        }
    }

    /// <summary>Writes an event for each subscription that is ready, and tells how many nanoseconds are left to the next.</summary>
    private static Errno Look(Guest guest, ReadOnlySpan<byte> asked, Span<byte> answered, ulong elapsed, out int ready, out ulong wait)
    {
        ready = 0;
        wait = ulong.MaxValue;
        for (; asked.Length > 0; asked = asked[SubscriptionSize..])
        {
            var subscription = asked[..SubscriptionSize];
            var left = 0ul;
            var error = subscription[8] switch
            {
                Clock => TimeLeft(guest, subscription, elapsed, out left),
                Read or Write => Errno.Success,
                _ => Errno.Invalid,
            };
            if (error != Errno.Success)
            {
                return error;
            }

            wait = Math.Min(wait, left);
            if (left == 0)
            {
                WriteEvent(guest, subscription, answered.Slice(ready * EventSize, EventSize));
                ready++;
            }
        }

        return Errno.Success;
    }

    private static Errno TimeLeft(Guest guest, ReadOnlySpan<byte> subscription, ulong elapsed, out ulong left)
    {
        left = 0;
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(subscription[40..]);
        if (flags > AbsoluteTime || ClockFunctions.Read(guest, BinaryPrimitives.ReadInt32LittleEndian(subscription[16..]), out var now) != Errno.Success)
        {
            return Errno.Invalid;
        }

        var timeout = BinaryPrimitives.ReadUInt64LittleEndian(subscription[24..]);
        var past = flags == AbsoluteTime ? now : elapsed;
        left = timeout > past ? timeout - past : 0;
        return Errno.Success;
    }

    private static void WriteEvent(Guest guest, ReadOnlySpan<byte> subscription, Span<byte> place)
    {
        // Subscription and event may overlap in a hostile guest's memory: read first.
        var userdata = BinaryPrimitives.ReadUInt64LittleEndian(subscription);
        var type = subscription[8];
        var (error, bytes, hangup) = type == Clock ? default : State(guest[BinaryPrimitives.ReadInt32LittleEndian(subscription[16..])], type);
        place.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(place, userdata);
        BinaryPrimitives.WriteUInt16LittleEndian(place[8..], (ushort)error);
        place[10] = type;
        BinaryPrimitives.WriteUInt64LittleEndian(place[16..], bytes);
        place[24] = hangup ? (byte)1 : (byte)0;
    }

    /// <summary>What an event tells of a descriptor: whether it can be read or written, how many bytes, and whether there is no more.</summary>
    private static (Errno Error, ulong Bytes, bool Hangup) State(Descriptor? descriptor, byte type) => (descriptor, type) switch
    {
        (IReadableDescriptor { CanRead: true, Available: var bytes }, Read) => (Errno.Success, bytes, bytes == 0),
        // At least one; how many the host or the tree takes is not known.
        (IWritableDescriptor { CanWrite: true }, Write) => (Errno.Success, 1, false),
        _ => (Errno.BadDescriptor, 0, false),
    };
}
