using StackExchange.Redis;

namespace WasmAspire.Jobs;

/// <summary>One Lua script of the queue: a step that happens whole or not at all.</summary>
internal sealed class Script
{
    private readonly string text;

    private Script(string text) => this.text = text;

    /// <summary>Reads <c>Scripts/NAME.lua</c>.</summary>
    public static Script Read(string name)
    {
        using var stream = typeof(Script).Assembly.GetManifestResourceStream(typeof(Script), $"Scripts.{name}.lua")
            ?? throw new ArgumentException($"There is no script '{name}'.", nameof(name));
        using var reader = new StreamReader(stream);
        return new Script(reader.ReadToEnd());
    }

    /// <summary>Runs it; the client sends its hash once the server knows it.</summary>
    public RedisResult Run(IDatabase database, RedisKey[] keys, RedisValue[] arguments) =>
        database.ScriptEvaluate(text, keys, arguments);

    /// <inheritdoc cref="Run"/>
    public Task<RedisResult> RunAsync(IDatabase database, RedisKey[] keys, RedisValue[] arguments) =>
        database.ScriptEvaluateAsync(text, keys, arguments);
}
