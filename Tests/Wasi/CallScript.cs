using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Wasmtime;

namespace WasmAspire.Tests.Wasi;

/// <summary>
/// Reads calls from text, makes them, and writes their answers as text. Calls are separated by a semicolon. An argument is
/// <list type="bullet">
/// <item>a number;</item>
/// <item><c>'text'</c>, a string's address and length; <c>\ff</c> in it is a byte, and <c>'a'*9</c> nine times the text;</item>
/// <item><c>[5 9]</c>, a list of buffers of these lengths to read into, and <c>['a' 'b']</c> one of texts to write;</item>
/// <item><c>&lt;read:0 clock:1:1000:0&gt;</c>, subscriptions: their address, that of the events, and their number;</item>
/// <item><c>@kind</c>, the address where a result goes, and <c>@kind:9</c> address and length of a buffer for it.</item>
/// </list>
/// The answer is the errno and, of a success, what was read and given.
/// </summary>
internal sealed partial class CallScript
{
    private readonly ProbeGuest guest;
    private readonly List<Func<string>> shown = [];
    private readonly List<long> arguments = [];
    private int free = 1024;

    private CallScript(ProbeGuest guest) => this.guest = guest;

    /// <summary>Makes the calls.</summary>
    public static string Run(ProbeGuest guest, string calls)
    {
        var answers = calls.Split(';').Select(call => new CallScript(guest).Call(call.Trim()));
        return string.Join("; ", answers);
    }

    [GeneratedRegex(@"'(?<text>[^']*)'(\*(?<times>\d+))?|\[(?<buffers>[^\]]*)\]|<(?<polls>[^>]*)>|@(?<kind>[a-z0-9]+)(:(?<length>\d+))?|(?<number>-?\d+)")]
    private static partial Regex Argument { get; }

    [GeneratedRegex(@"\\([0-9a-f]{2})")]
    private static partial Regex Escape { get; }

    private string Call(string call)
    {
        var space = (call + " ").IndexOf(' ', StringComparison.Ordinal);
        foreach (Match argument in Argument.Matches(call[space..]))
        {
            Add(argument);
        }

        try
        {
            var errno = guest.Call(call[..space], arguments.ToArray());
            return string.Join(' ', [WitxErrno.Name(errno), .. errno == 0 ? shown.Select(show => show()) : []]);
        }
        catch (WasmtimeException e) when ((e.InnerException as WasmAspire.Wasi.GuestExitException)?.Code is { } code)
        {
            return $"exit {code}";
        }
        catch (WasmtimeException e) when (e.ExitCode is { } code)
        {
            return $"exit {code}";
        }
        catch (WasmtimeException e) when (e.InnerException is null)
        {
            // Wasmtime's own functions end the guest so.
            return "trap";
        }
    }

    private void Add(Match argument)
    {
        var groups = argument.Groups;
        if (groups["text"].Success)
        {
            var (address, length) = Put(ToBytes(groups["text"].Value, groups["times"]));
            arguments.AddRange([address, length]);
        }
        else if (groups["buffers"].Success)
        {
            AddBuffers(Argument.Matches(groups["buffers"].Value));
        }
        else if (groups["polls"].Success)
        {
            AddSubscriptions(groups["polls"].Value.Split(' '));
        }
        else if (groups["kind"].Success)
        {
            AddResult(groups["kind"].Value, groups["length"]);
        }
        else
        {
            arguments.Add(long.Parse(groups["number"].Value, CultureInfo.InvariantCulture));
        }
    }

    private void AddBuffers(MatchCollection buffers)
    {
        var (list, _) = Put(new byte[8 * buffers.Count]);
        for (var i = 0; i < buffers.Count; i++)
        {
            var text = buffers[i].Groups["text"];
            var (address, length) = Put(text.Success ? ToBytes(text.Value, buffers[i].Groups["times"]) : new byte[int.Parse(buffers[i].Value, CultureInfo.InvariantCulture)]);
            guest.Memory.WriteInt32(list + (8 * i), address);
            guest.Memory.WriteInt32(list + (8 * i) + 4, length);
            if (!text.Success)
            {
                shown.Add(() => $"[{MemoryText.Of(guest.Memory.GetSpan(address, length))}]");
            }
        }

        arguments.AddRange([list, buffers.Count]);
    }

    private void AddSubscriptions(string[] subscriptions)
    {
        var (list, _) = Put(new byte[48 * subscriptions.Length]);
        var (events, length) = Put(new byte[32 * subscriptions.Length]);
        for (var i = 0; i < subscriptions.Length; i++)
        {
            MemoryText.WriteSubscription(guest.Memory.GetSpan(list + (48 * i), 48), subscriptions[i], userdata: i + 1);
        }

        arguments.AddRange([list, events, subscriptions.Length]);
        shown.Add(() => MemoryText.OfEvents(guest.Memory.GetSpan(events, length)));
    }

    private void AddResult(string kind, Group length)
    {
        var size = length.Success ? int.Parse(length.Value, CultureInfo.InvariantCulture) : MemoryText.SizeOf(kind);
        var (address, _) = Put(new byte[size]);
        arguments.Add(address);
        if (length.Success)
        {
            arguments.Add(size);
        }

        shown.Add(() => MemoryText.Of(kind, guest.Memory.GetSpan(address, size)));
    }

    private (int Address, int Length) Put(byte[] bytes)
    {
        var address = free;
        bytes.CopyTo(guest.Memory.GetSpan(address, bytes.Length));
        free += (bytes.Length + 8) / 8 * 8;
        return (address, bytes.Length);
    }

    private static byte[] ToBytes(string text, Group times)
    {
        // Latin-1 takes each escaped byte as it is; the rest of the text is UTF-8 first.
        var latin = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
        latin = Escape.Replace(latin, escape => ((char)Convert.ToByte(escape.Groups[1].Value, 16)).ToString());
        var once = Encoding.Latin1.GetBytes(latin);
        return times.Success ? [.. Enumerable.Repeat(once, int.Parse(times.Value, CultureInfo.InvariantCulture)).SelectMany(bytes => bytes)] : once;
    }
}
