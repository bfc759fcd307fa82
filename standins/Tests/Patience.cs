namespace WasmAspire.Tests.StandIns;

/// <summary>Waits end with the thing waited for; this is when a test gives up.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>A token that is cancelled when the test has failed.</summary>
    public static CancellationToken Token => new CancellationTokenSource(Limit).Token;

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task InTime(this Task task) => task.WaitAsync(Limit);

    /// <summary>Waits for a condition that nobody signals, such as the end of a process that is not ours.</summary>
    public static async Task Until(Func<bool> condition, Func<string> otherwise)
    {
        var token = Token;
        while (!condition())
        {
            Assert.False(token.IsCancellationRequested, otherwise());
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }
    }
}
