using System.Buffers.Binary;
using Wasmtime;

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
    private const int MaxSubscriptions = 4096;

    public static void Define(Linker linker, string module)
    {
        linker.DefineFunction<int, int, int, int, int>(module, "poll_oneoff", (caller, subscriptions, events, count, result) =>
            (int)Poll(new Guest(caller), subscriptions, events, count, result));
        linker.DefineFunction<int>(module, "sched_yield", caller =>
        {
            Thread.Yield();
            return (int)Errno.Success;
        });
    }

    private static Errno Poll(Guest guest, int subscriptions, int events, int count, int result)
    {
        // More could not be told apart by descriptor, and a list as long as memory would keep the host busy.
        if (count is <= 0 or > MaxSubscriptions)
        {
            return Errno.Invalid;
        }

        var started = guest.Wasi.Monotonic;
        while (true)
        {
            var elapsed = guest.Wasi.Monotonic - started;
            var wait = ulong.MaxValue;
            var ready = 0;
            for (var i = 0; i < count; i++)
            {
                if (!TryAt(guest, subscriptions, i, SubscriptionSize, out var subscription))
                {
                    return Errno.Fault;
                }

                var error = Look(guest, subscription, elapsed, out var left, out var bytes);
                wait = Math.Min(wait, left);
                if (left == 0)
                {
                    if (!TryAt(guest, events, ready, EventSize, out var place))
                    {
                        return Errno.Fault;
                    }

                    WriteEvent(subscription, error, bytes, place);
                    ready++;
                }
            }

            if (ready > 0)
            {
                return guest.Write(result, ready);
            }

            guest.Wasi.Sleep(TimeSpan.FromTicks((long)Math.Min((wait / 100) + 1, (ulong)TimeSpan.FromDays(1).Ticks)));
        }
    }

    private static bool TryAt(Guest guest, int list, int index, int size, out Span<byte> item)
    {
        var address = (uint)list + ((long)index * size);
        item = default;
        return address <= uint.MaxValue && guest.TrySlice((int)(uint)address, size, out item);
    }

    /// <summary>How many nanoseconds are left until a subscription is ready; 0 now.</summary>
    private static Errno Look(Guest guest, ReadOnlySpan<byte> subscription, ulong elapsed, out ulong left, out ulong bytes)
    {
        left = 0;
        bytes = 0;
        var about = BinaryPrimitives.ReadInt32LittleEndian(subscription[16..]);
        switch (subscription[8])
        {
            case Clock:
                return LookAtClock(guest, about, subscription, elapsed, out left);
            case Read or Write:
                if (guest.Wasi.Descriptors[about] is not { } descriptor)
                {
                    return Errno.BadDescriptor;
                }

                bytes = subscription[8] == Read ? descriptor.Available : 0;
                return Errno.Success;
            default:
                return Errno.Invalid;
        }
    }

    private static Errno LookAtClock(Guest guest, int clock, ReadOnlySpan<byte> subscription, ulong elapsed, out ulong left)
    {
        left = 0;
        var error = ClockFunctions.Read(guest, clock, out var now);
        if (error != Errno.Success)
        {
            return error;
        }

        var timeout = BinaryPrimitives.ReadUInt64LittleEndian(subscription[24..]);
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(subscription[40..]);
        var past = (flags & AbsoluteTime) != 0 ? now : elapsed;
        left = timeout > past ? timeout - past : 0;
        return Errno.Success;
    }

    private static void WriteEvent(ReadOnlySpan<byte> subscription, Errno error, ulong bytes, Span<byte> place)
    {
        // Subscription and event may overlap in a hostile guest's memory: read first.
        var userdata = BinaryPrimitives.ReadUInt64LittleEndian(subscription);
        var type = subscription[8];
        place.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(place, userdata);
        BinaryPrimitives.WriteUInt16LittleEndian(place[8..], (ushort)error);
        place[10] = type;
        BinaryPrimitives.WriteUInt64LittleEndian(place[16..], bytes);
    }
}
