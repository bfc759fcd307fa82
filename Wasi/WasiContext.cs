using System.Diagnostics;
using System.Text;
using WasmAspire.Wasi.Descriptors;

namespace WasmAspire.Wasi;

/// <summary>The state of one guest's world: arguments, environment, open descriptors, clocks. It belongs to the guest's thread.</summary>
public sealed class WasiContext
{
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly Action<TimeSpan> sleep;
    private readonly List<byte[]> environment = [];
    private bool hasOneMemory = true;
    private WasiCall call;

    /// <param name="options">The world that the guest sees.</param>
    public WasiContext(WasiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Arguments = [.. options.Arguments.Select(ToBytes)];
        Descriptors = new DescriptorTable(
            new InputDescriptor(options.Stdin),
            new OutputDescriptor(options.Stdout),
            new OutputDescriptor(options.Stderr),
            new DirectoryDescriptor(options.Tree.Root, preopenedAt: "/"));
        Observer = options.Observer;
        Checkpoint = options.Checkpoint;
        sleep = options.Sleep;
        foreach (var (name, value) in options.Environment)
        {
            environment.Add(ToVariable(name, value));
        }
    }

    /// <summary><c>argv</c>, each ended by a NUL.</summary>
    internal byte[][] Arguments { get; }

    /// <summary>The environment as <c>NAME=value</c>, each ended by a NUL.</summary>
    internal IReadOnlyList<byte[]> Environment => environment;

    internal DescriptorTable Descriptors { get; }

    internal IWasiObserver? Observer { get; }

    internal Action? Checkpoint { get; }

    /// <summary>The call that runs. It begins only where there is an observer; what is noted without one is nobody's.</summary>
    internal ref WasiCall Call => ref call;

    /// <summary>Bytes from address 0 that a guest's memory is known to have; 0 where more than one memory is about, so that it depends.</summary>
    internal int SeenMemory { get; private set; }

    /// <summary>Nanoseconds since the context was made.</summary>
    internal ulong Monotonic => (ulong)Stopwatch.GetElapsedTime(started).Ticks * 100;

    /// <summary>Nanoseconds since 1970 in UTC.</summary>
    internal static ulong Realtime => (ulong)(DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    /// <summary>
    /// Sets a variable of the environment, for a value that is known only when the guest is about to run. The guest finds
    /// it when it asks from then on; what it has read before does not change. Call it on the guest's thread or before it runs.
    /// </summary>
    /// <param name="name">Its name, without <c>=</c> and NUL. Of several variables of this name the first is meant.</param>
    /// <param name="value">Its value, without NUL.</param>
    public void SetVariable(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        var start = Encoding.UTF8.GetBytes(name + "=");
        var index = environment.FindIndex(variable => variable.AsSpan().StartsWith(start));
        if (index < 0)
        {
            environment.Add(ToVariable(name, value));
        }
        else
        {
            environment[index] = ToVariable(name, value);
        }
    }

    /// <summary>Notes that a guest's memory reaches so far.</summary>
    internal void SeeMemory(long end)
    {
        if (hasOneMemory && end > SeenMemory)
        {
            SeenMemory = (int)Math.Min(end, int.MaxValue);
        }
    }

    /// <summary>Notes that a guest has less memory than another one has had. Nothing is known from then on: a wrong guess costs an exception.</summary>
    internal void ForgetMemory()
    {
        hasOneMemory = false;
        SeenMemory = 0;
    }

    internal void Sleep(TimeSpan duration) => sleep(duration);

    private static byte[] ToVariable(string name, string value) => ToBytes($"{name}={value}");

    private static byte[] ToBytes(string text) => [.. Encoding.UTF8.GetBytes(text), 0];
}
