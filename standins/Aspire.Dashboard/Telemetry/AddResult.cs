namespace Aspire.Dashboard.Telemetry;

/// <summary>What became of one export request: OTLP's partial success.</summary>
internal sealed class AddResult
{
    public int Accepted { get; private set; }

    public int Rejected { get; private set; }

    /// <summary>Why the first one was refused; empty where none was.</summary>
    public string Reason { get; private set; } = "";

    public void Accept() => Accepted++;

    public void Reject(string reason, int count = 1)
    {
        if (count == 0)
        {
            return;
        }
        if (Rejected == 0)
        {
            Reason = reason;
        }
        Rejected += count;
    }
}
