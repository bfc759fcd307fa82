namespace WasmAspire.Requester.Submission;

/// <summary>A submission that cannot be read; it carries the answer.</summary>
internal sealed class InvalidSubmissionException(IResult answer) : Exception("The submission cannot be read.")
{
    public IResult Answer { get; } = answer;
}
