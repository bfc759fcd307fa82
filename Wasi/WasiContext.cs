using System.Diagnostics;
using System.Text;
using WasmAspire.Wasi.Descriptors;

namespace WasmAspire.Wasi;

/// <summary>The state of one guest's world: arguments, environment, open descriptors, clocks. It belongs to the guest's thread.</summary>
public sealed class WasiContext
{
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly Action<TimeSpan> sleep;

    /// <param name="options">The world that the guest sees.</param>
    public WasiContext(WasiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Arguments = [.. options.Arguments.Select(ToBytes)];
        Environment = [.. options.Environment.Select(variable => ToBytes($"{variable.Key}={variable.Value}"))];
        Descriptors = new DescriptorTable(
            new InputDescriptor(options.Stdin),
            new OutputDescriptor(options.Stdout),
            new OutputDescriptor(options.Stderr),
            new DirectoryDescriptor(options.Root, preopenedAt: "/"));
        sleep = options.Sleep;
    }

    /// <summary><c>argv</c>, each ended by a NUL.</summary>
    internal byte[][] Arguments { get; }

    /// <summary>The environment as <c>NAME=value</c>, each ended by a NUL.</summary>
    internal byte[][] Environment { get; }

    internal DescriptorTable Descriptors { get; }

    /// <summary>Nanoseconds since the context was made.</summary>
    internal ulong Monotonic => (ulong)Stopwatch.GetElapsedTime(started).Ticks * 100;

    /// <summary>Nanoseconds since 1970 in UTC.</summary>
    internal static ulong Realtime => (ulong)(DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    internal void Sleep(TimeSpan duration) => sleep(duration);

    private static byte[] ToBytes(string text) => [.. Encoding.UTF8.GetBytes(text), 0];
}
