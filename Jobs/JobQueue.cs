using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using StackExchange.Redis;

namespace WasmAspire.Jobs;

/// <summary>
/// The queue. Each step is one Lua script, so it happens whole or not at all, and only Redis's clock counts. What a node
/// calls is synchronous: it runs on the node's own slot threads, never on the pool.
/// </summary>
/// <param name="redis">The connection.</param>
/// <param name="name">The queue's name, part of every key.</param>
public sealed class JobQueue(IConnectionMultiplexer redis, string name = JobQueue.DefaultName)
{
    /// <summary>The queue that both services use.</summary>
    public const string DefaultName = "jobs";

    private static readonly Script SubmitScript = Script.Read("submit");
    private static readonly Script ClaimScript = Script.Read("claim");
    private static readonly Script FinishScript = Script.Read("finish");
    private static readonly Script ReleaseScript = Script.Read("release");
    private static readonly Script AppendScript = Script.Read("append");
    private static readonly Script HoldScript = Script.Read("hold");
    private static readonly Script CancelScript = Script.Read("cancel");
    private static readonly Script AnnounceScript = Script.Read("announce");

    // A node tells that it lives every 5 s.
    private const long SilenceMicroseconds = 30_000_000;

    private readonly JobKeys keys = new(name);

    /// <summary>The queue's name.</summary>
    public string Name => name;

    /// <summary>An id for a job to be submitted.</summary>
    public static string NewId() => Ulid.New();

    /// <summary>Accepts a job.</summary>
    /// <param name="id">From <see cref="NewId"/>.</param>
    /// <param name="spec">What to run; its blobs must be stored already.</param>
    /// <param name="traceContext">The trace it belongs to.</param>
    /// <param name="traceId">The same trace's id, or null.</param>
    /// <param name="idempotency">The caller's word for the request, or null.</param>
    /// <returns>The job's id (another one than given if the idempotency key is known) and what the submission met.</returns>
    /// <exception cref="ExcessiveJobException">No node has as much memory.</exception>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>; whether the job was accepted is unknown.</exception>
    public async Task<(string Id, SubmitOutcome Outcome)> SubmitAsync(
        string id,
        JobSpec spec,
        Dictionary<string, string> traceContext,
        string? traceId,
        IdempotencyKey? idempotency)
    {
        var answer = (RedisResult[])(await SubmitScript.RunAsync(
            redis.GetDatabase(),
            [keys.Job(id), keys.Queue, keys.All, keys.Idempotency(idempotency?.Key ?? ""), keys.Nodes],
            [
                id,
                JsonSerializer.Serialize(spec, JobsJson.Default.JobSpec),
                JsonSerializer.Serialize(traceContext, JobsJson.Default.DictionaryStringString),
                traceId ?? "",
                idempotency?.Key ?? "",
                idempotency?.Fingerprint ?? "",
                (string?)keys.Wake,
                (string?)keys.Events,
                spec.ReservedBytes,
                SilenceMicroseconds,
            ]))!;
        if ((string?)answer[1] == "excessive")
        {
            throw new ExcessiveJobException(spec.ReservedBytes, (long)answer[0]);
        }

        return ((string)answer[0]!, Enum.Parse<SubmitOutcome>((string)answer[1]!, ignoreCase: true));
    }

    /// <summary>
    /// Takes the first queued job that the node has the memory for, or gives null. One that only has to wait for it is
    /// waited for: what came later does not go before it.
    /// </summary>
    /// <param name="node">Who takes it.</param>
    /// <param name="freeBytes">Memory that the node has free (<see cref="JobSpec.ReservedBytes"/>).</param>
    /// <param name="memoryBytes">All memory that it has for jobs.</param>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>. If its answer got lost, a job is taken that nobody runs.</exception>
    public ClaimedJob? Claim(string node, long freeBytes = long.MaxValue, long memoryBytes = long.MaxValue)
    {
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var answer = ClaimScript.Run(redis.GetDatabase(), [keys.Queue], [keys.JobPrefix, node, token, (string?)keys.Events, freeBytes, memoryBytes]);
        var claimed = Stopwatch.GetTimestamp();
        if (answer.IsNull)
        {
            return null;
        }

        var fields = (RedisResult[])answer!;
        return new ClaimedJob(
            Id: (string)fields[0]!,
            Token: token,
            Attempt: (int)fields[1],
            Spec: JsonSerializer.Deserialize((string)fields[2]!, JobsJson.Default.JobSpec)!,
            TraceContext: JsonSerializer.Deserialize((string)fields[3]!, JobsJson.Default.DictionaryStringString)!,
            // Redis's clock may have been set back meanwhile.
            Queued: TimeSpan.FromMicroseconds(Math.Max(0, ParseMicroseconds(fields[5]) - ParseMicroseconds(fields[4]))),
            ClaimedTimestamp: claimed);
    }

    /// <summary>Tells that a node lives. It counts as gone where it has not told so for half a minute.</summary>
    /// <param name="node">Its name.</param>
    /// <param name="memoryBytes">Memory that it has for jobs.</param>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>.</exception>
    public Task AnnounceAsync(string node, long memoryBytes) => AnnounceAsync(node, (RedisValue)memoryBytes);

    /// <summary>Tells that a node stops.</summary>
    /// <inheritdoc cref="AnnounceAsync(string, long)"/>
    public Task LeaveAsync(string node) => AnnounceAsync(node, "");

    /// <summary>Ends a job and stores what of its output is not stored yet. The first call of its holder counts.</summary>
    /// <returns>False where the caller does not hold the job any more; then nothing has changed.</returns>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>; to call again is safe.</exception>
    public bool Finish(ClaimedJob job, JobResult result, OutputPiece stdout, OutputPiece stderr, IReadOnlyList<OutputFile>? outputs = null) =>
        (bool)FinishScript.Run(
            redis.GetDatabase(),
            [keys.Job(job.Id), keys.Stdout(job.Id), keys.Stderr(job.Id), keys.Outputs(job.Id)],
            [
                job.Id,
                job.Token,
                result.State.ToString(),
                JsonSerializer.Serialize(result, JobsJson.Default.JobResult),
                stdout.Offset,
                stdout.Bytes,
                stderr.Offset,
                stderr.Bytes,
                (string?)keys.Events,
                (string?)keys.Output(job.Id),
                outputs is null or [] ? "" : JsonSerializer.Serialize(outputs, JobsJson.Default.IReadOnlyListOutputFile),
            ]);

    /// <summary>Stores a piece of what a running job writes.</summary>
    /// <returns>
    /// How many bytes of the stream are stored now: less than the piece's end where Redis has lost some and the piece is not
    /// stored either. Null where the caller does not hold the job any more; then nothing has changed.
    /// </returns>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>; to call again is safe.</exception>
    public long? Append(ClaimedJob job, OutputStream stream, OutputPiece piece) =>
        (long)AppendScript.Run(
            redis.GetDatabase(),
            [keys.Job(job.Id), stream == OutputStream.Stdout ? keys.Stdout(job.Id) : keys.Stderr(job.Id)],
            [job.Token, piece.Offset, piece.Bytes, (string?)keys.Output(job.Id)]) is >= 0 and var stored ? stored : null;

    /// <summary>How the caller stands to a job that it claimed.</summary>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>.</exception>
    public JobHold Look(ClaimedJob job) =>
        Enum.Parse<JobHold>((string)HoldScript.Run(redis.GetDatabase(), [keys.Job(job.Id)], [job.Token])!, ignoreCase: true);

    /// <summary>
    /// Cancels a job. A queued one is cancelled when this returns. Of a running one its node hears, ends it and finishes it;
    /// a job that is final stays as it is.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="withoutNode">Whether a running one is to be cancelled at once: its node may be gone, and can write no more.</param>
    /// <returns>The state that it is in now; null where there is no such job.</returns>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>; to call again is safe.</exception>
    public async Task<JobState?> CancelAsync(string id, bool withoutNode = false)
    {
        var result = new JobResult
        {
            State = JobState.Cancelled,
            Reason = JobReason.Cancelled,
            Message = withoutNode ? "The job was cancelled; its node did not answer." : "The job was cancelled before it began.",
        };
        var answer = await CancelScript.RunAsync(
            redis.GetDatabase(),
            [keys.Job(id), keys.Queue],
            [id, withoutNode, JsonSerializer.Serialize(result, JobsJson.Default.JobResult), (string?)keys.Events, (string?)keys.Cancel]);
        return answer.IsNull ? null : Enum.Parse<JobState>((string)answer!);
    }

    /// <summary>Calls <paramref name="cancel"/> with the id of each job that is to end. A message may get lost: <see cref="Look"/> within a second all the same.</summary>
    public void OnCancel(Action<string> cancel) =>
        redis.GetSubscriber().Subscribe(keys.Cancel, (_, id) => cancel(id!), CommandFlags.FireAndForget);

    /// <summary>Puts a job back to its old place in the queue, unspent.</summary>
    /// <returns>False where the caller does not hold the job any more, because it has released it, say, or the job is to end; then nothing has changed.</returns>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>; to call again is safe.</exception>
    public bool Release(ClaimedJob job) =>
        (bool)ReleaseScript.Run(
            redis.GetDatabase(),
            [keys.Job(job.Id), keys.Queue],
            [job.Id, job.Token, (string?)keys.Wake, (string?)keys.Events]);

    /// <summary>Calls <paramref name="wake"/> whenever a job is queued. A message may get lost: look again within a second all the same.</summary>
    public void OnQueued(Action wake) =>
        redis.GetSubscriber().Subscribe(keys.Wake, (_, _) => wake(), CommandFlags.FireAndForget);

    private Task<RedisResult> AnnounceAsync(string node, RedisValue memoryBytes) =>
        AnnounceScript.RunAsync(redis.GetDatabase(), [keys.Nodes], [node, memoryBytes, SilenceMicroseconds]);

    private static long ParseMicroseconds(RedisResult value) => long.Parse((string)value!, CultureInfo.InvariantCulture);
}
