using System.Text;

namespace WasmAspire.Tests.Guests;

/// <summary>Writes down what a guest does, one line an event.</summary>
internal sealed class Transcript
{
    private readonly List<string> lines = [];
    private readonly StringBuilder output = new();
    private string outputName = "";

    /// <summary>Adds an event other than output.</summary>
    public void Add(string line)
    {
        CloseOutput();
        lines.Add(line);
    }

    /// <summary>Adds bytes of an output; how many writes they came in is no behaviour and does not show.</summary>
    public void AddOutput(string name, ReadOnlySpan<byte> bytes)
    {
        if (name != outputName)
        {
            CloseOutput();
            outputName = name;
        }

        output.Append(Encoding.UTF8.GetString(bytes));
    }

    /// <summary>All lines so far.</summary>
    public override string ToString()
    {
        CloseOutput();
        return string.Join('\n', lines);
    }

    private void CloseOutput()
    {
        if (output.Length > 0)
        {
            string text = output.ToString();
            string[] parts = text.Split('\n');
            lines.AddRange(parts.SkipLast(1).Select(line => $"{outputName}: {line}"));
            if (parts[^1].Length > 0)
            {
                lines.Add($"{outputName}: {parts[^1]} (no newline)");
            }

            output.Clear();
        }

        outputName = "";
    }
}
