using System.Text;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Reads a process's output by lines of bounded length.</summary>
internal static class OutputReader
{
    /// <summary>What is longer is cut.</summary>
    public const int MaxLineLength = 8 * 1024;

    /// <summary>
    /// Reads on a thread of its own, since reading a pipe blocks its thread in any case, and a pool of two has none to
    /// spare. The task ends with the output, or with the first error.
    /// </summary>
    public static Task Start(Stream output, Action<string> line, string name)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                Read(output, line);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The process is gone, and its pipe with it.
            }
            finally
            {
                ended.SetResult();
            }
        })
        {
            IsBackground = true,
            Name = name,
        };
        thread.Start();
        return ended.Task;
    }

    internal static void Read(Stream output, Action<string> line)
    {
        using var reader = new StreamReader(output, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 4096);
        var buffer = new char[4096];
        var current = new StringBuilder();
        var cut = false;
        int count;
        while ((count = reader.Read(buffer, 0, buffer.Length)) > 0)
        {
            var rest = buffer.AsSpan(0, count);
            for (int end; (end = rest.IndexOf('\n')) >= 0; rest = rest[(end + 1)..])
            {
                Append(current, rest[..end], ref cut);
                line(Take(current, ref cut));
            }

            Append(current, rest, ref cut);
        }

        if (current.Length > 0)
        {
            line(Take(current, ref cut));
        }
    }

    private static void Append(StringBuilder current, ReadOnlySpan<char> text, ref bool cut)
    {
        var room = MaxLineLength - current.Length;
        cut |= text.Length > room;
        current.Append(text[..Math.Min(text.Length, room)]);
    }

    private static string Take(StringBuilder current, ref bool cut)
    {
        if (current.Length > 0 && current[^1] == '\r' && !cut)
        {
            current.Length--;
        }

        var text = cut ? $"{current}… (cut)" : current.ToString();
        current.Clear();
        cut = false;
        return text;
    }
}
