namespace Aspire.Hosting;

/// <summary>Holds the interceptor of the entry point that runs in this flow of execution, so that two may run at once.</summary>
internal static class BuilderInterception
{
    private static readonly AsyncLocal<IBuilderInterceptor?> CurrentInterceptor = new();

    public static IBuilderInterceptor? Current
    {
        get => CurrentInterceptor.Value;
        set => CurrentInterceptor.Value = value;
    }
}
