namespace WasmAspire.AppHost;

/// <summary>
/// A redis-server run as a local process: an executable with a connection string. Run mode only, since azd refuses
/// <c>executable.v0</c>.
/// </summary>
internal sealed class RedisServerResource : ExecutableResource, IResourceWithConnectionString
{
    private readonly string password;

    /// <param name="name">The resource's name, and the connection string's.</param>
    /// <param name="program">Full path of redis-server.</param>
    /// <param name="folder">Where it keeps its data.</param>
    /// <param name="password">What its clients must say. It goes into a file and the clients' environment, never on a command line.</param>
    public RedisServerResource(string name, string program, string folder, string password)
        : base(name, program, folder)
    {
        this.password = password;
        PrimaryEndpoint = new EndpointReference(this, "tcp");
    }

    /// <summary>Where it listens: loopback, without a proxy between.</summary>
    public EndpointReference PrimaryEndpoint { get; }

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Host)}:{PrimaryEndpoint.Property(EndpointProperty.Port)},password={password}");

    /// <summary>The redis-server on the PATH, or null.</summary>
    public static string? FindProgram()
    {
        var name = OperatingSystem.IsWindows() ? "redis-server.exe" : "redis-server";
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }
}
