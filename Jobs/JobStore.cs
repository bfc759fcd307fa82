using System.Globalization;
using System.Text.Json;
using StackExchange.Redis;

namespace WasmAspire.Jobs;

/// <summary>Reads jobs and follows their states.</summary>
/// <param name="redis">The connection.</param>
/// <param name="queue">The queue's name.</param>
public sealed class JobStore(IConnectionMultiplexer redis, string queue = JobQueue.DefaultName)
{
    private readonly JobKeys keys = new(queue);

    /// <summary>One job, or null where there is none of this id.</summary>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>.</exception>
    public async Task<JobRecord?> GetAsync(string id) =>
        Ulid.IsValid(id) ? Parse(id, await redis.GetDatabase().HashGetAllAsync(keys.Job(id))) : null;

    /// <summary>What the job has written to stdout so far, from its first byte to at most <paramref name="limit"/> of them.</summary>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>.</exception>
    public Task<byte[]> GetStdoutAsync(string id, long limit = long.MaxValue) => GetOutputAsync(id, OutputStream.Stdout, 0, limit);

    /// <summary>What the job has written to stderr so far, from its first byte to at most <paramref name="limit"/> of them.</summary>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>.</exception>
    public Task<byte[]> GetStderrAsync(string id, long limit = long.MaxValue) => GetOutputAsync(id, OutputStream.Stderr, 0, limit);

    /// <summary>A part of what the job has written so far.</summary>
    /// <param name="id">The job.</param>
    /// <param name="stream">What it wrote to.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="limit">How many bytes at most.</param>
    /// <returns>The bytes; none behind the end.</returns>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>.</exception>
    public async Task<byte[]> GetOutputAsync(string id, OutputStream stream, long offset, long limit)
    {
        // Read as -1, the last byte, 0 bytes would be all of them.
        var last = limit > long.MaxValue - offset ? long.MaxValue : offset + limit - 1;
        return last < offset ? [] : (byte[]?)await redis.GetDatabase().StringGetRangeAsync(stream == OutputStream.Stdout ? keys.Stdout(id) : keys.Stderr(id), offset, last) ?? [];
    }

    /// <summary>The files that a job has made or changed; none before its end.</summary>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>.</exception>
    public async Task<IReadOnlyList<OutputFile>> GetOutputsAsync(string id) =>
        (string?)await redis.GetDatabase().StringGetAsync(keys.Outputs(id)) is { } json ? JsonSerializer.Deserialize(json, JobsJson.Default.IReadOnlyListOutputFile)! : [];

    /// <summary>Calls <paramref name="written"/> whenever a job has written something or has ended, until the answer is called. A message may get lost.</summary>
    public async Task<Func<Task>> OnOutputAsync(string id, Action written)
    {
        void Handle(RedisChannel channel, RedisValue message) => written();
        var subscriber = redis.GetSubscriber();
        await subscriber.SubscribeAsync(keys.Output(id), Handle);
        return () => subscriber.UnsubscribeAsync(keys.Output(id), Handle, CommandFlags.FireAndForget);
    }

    /// <summary>Jobs, newest first.</summary>
    /// <param name="after">The id of the last job of the page before, or null for the first page.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>The jobs; fewer than <paramref name="count"/> only at the end.</returns>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>.</exception>
    public async Task<IReadOnlyList<JobRecord>> ListAsync(string? after, int count)
    {
        var database = redis.GetDatabase();
        long start = 0;
        if (after is not null)
        {
            // A job that is gone ends the list: its place is unknown.
            start = await database.SortedSetRankAsync(keys.All, after, Order.Descending) + 1 ?? long.MaxValue;
            if (start == long.MaxValue)
            {
                return [];
            }
        }

        var ids = await database.SortedSetRangeByRankAsync(keys.All, start, start + count - 1, Order.Descending);
        var hashes = await Task.WhenAll(ids.Select(id => database.HashGetAllAsync(keys.Job(id!))));
        return [.. ids.Zip(hashes, (id, hash) => Parse(id!, hash)).OfType<JobRecord>()];
    }

    /// <summary>Calls <paramref name="changed"/> at each change of a job's state, in order. A message may get lost: look again now and then all the same.</summary>
    public void OnChanged(Action<string, JobState> changed) =>
        // A queue, since plain handlers run at once and overtake each other.
        redis.GetSubscriber().Subscribe(keys.Events, CommandFlags.FireAndForget).OnMessage(message =>
        {
            var parts = message.Message.ToString().Split(' ');
            if (parts is [var id, var state] && Enum.TryParse<JobState>(state, out var parsed))
            {
                changed(id, parsed);
            }
        });

    private static JobRecord? Parse(string id, HashEntry[] hash)
    {
        if (hash.Length == 0)
        {
            return null;
        }

        var fields = hash.ToDictionary(entry => (string)entry.Name!, entry => entry.Value, StringComparer.Ordinal);
        return new JobRecord
        {
            Id = id,
            Spec = JsonSerializer.Deserialize((string)fields["spec"]!, JobsJson.Default.JobSpec)!,
            State = Enum.Parse<JobState>((string)fields["state"]!),
            Attempt = (int)fields["attempt"],
            Node = (string?)fields.GetValueOrDefault("node"),
            TraceId = (string?)fields["traceId"] is { Length: > 0 } traceId ? traceId : null,
            SubmittedAt = ParseTime(fields["submittedAt"]),
            StartedAt = fields.TryGetValue("startedAt", out var started) ? ParseTime(started) : null,
            FinishedAt = fields.TryGetValue("finishedAt", out var finished) ? ParseTime(finished) : null,
            Result = fields.TryGetValue("result", out var result) ? JsonSerializer.Deserialize((string)result!, JobsJson.Default.JobResult) : null,
        };
    }

    private static DateTimeOffset ParseTime(RedisValue microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(long.Parse((string)microseconds!, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond);
}
