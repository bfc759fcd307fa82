using System.Collections.Concurrent;
using System.Diagnostics;
using WasmAspire.Observe;
using WasmAspire.Wasi;

namespace WasmAspire.ComputeNode.Telemetry;

/// <summary>Makes a guest's WASI calls spans of its session, or folded calls where they are too short.</summary>
internal sealed class WasiSpans(ObserveSession session) : IWasiObserver
{
    // A row a function, so that a folded call allocates nothing.
    private static readonly ConcurrentDictionary<string, string> SpanNames = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Called(in WasiCall ended)
    {
        var name = SpanNames.GetOrAdd(ended.Name, static function => $"wasi.{function}");
        session.HostCall(name, ended.Start, in ended, static (activity, call) => Describe(activity, call));
    }

    private static void Describe(Activity activity, in WasiCall call)
    {
        if (call.Descriptor != -1)
        {
            activity.SetTag("wasi.fd", call.Descriptor);
        }

        if (call.Bytes >= 0)
        {
            activity.SetTag("wasi.bytes", call.Bytes);
        }

        if (call.Path is { } path)
        {
            activity.SetTag("wasi.path", AttributeText.Cut(path));
        }

        if (call.Error is { } error)
        {
            // Programs ask for files that may not be there: an answer, and no failure of the call's span.
            activity.SetTag("wasi.errno", error);
        }

        if (call.ExitCode is { } code)
        {
            activity.SetTag("wasi.exit_code", (long)code);
        }
    }
}
