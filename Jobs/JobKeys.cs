using StackExchange.Redis;

namespace WasmAspire.Jobs;

/// <summary>
/// The names of one queue's keys. All carry the queue's name as hash tag, so a Redis Cluster keeps a queue's keys
/// together and may hold many queues.
/// </summary>
internal sealed class JobKeys(string queue)
{
    private readonly string prefix = $"{{{queue}}}:";

    /// <summary>Sorted set of the ids of queued jobs, first out first.</summary>
    public RedisKey Queue => prefix + "queue";

    /// <summary>Sorted set of the ids of all jobs by the time of submission, in microseconds.</summary>
    public RedisKey All => prefix + "all";

    /// <summary>What every job's key starts with; the id follows.</summary>
    public string JobPrefix => prefix + "job:";

    /// <summary>Pub/sub channel: a job was queued.</summary>
    public RedisChannel Wake => RedisChannel.Literal(prefix + "wake");

    /// <summary>Pub/sub channel: <c>ID STATE</c> at each change of a state.</summary>
    public RedisChannel Events => RedisChannel.Literal(prefix + "events");

    /// <summary>Pub/sub channel: <c>ID</c> of a job that is to end.</summary>
    public RedisChannel Cancel => RedisChannel.Literal(prefix + "cancel");

    /// <summary>Hash: the job.</summary>
    public RedisKey Job(string id) => JobPrefix + id;

    /// <summary>String: what the job wrote to stdout.</summary>
    public RedisKey Stdout(string id) => JobPrefix + id + ":stdout";

    /// <summary>String: the files that the job has made, as JSON.</summary>
    public RedisKey Outputs(string id) => JobPrefix + id + ":outputs";

    /// <summary>String: what the job wrote to stderr.</summary>
    public RedisKey Stderr(string id) => JobPrefix + id + ":stderr";

    /// <summary>Pub/sub channel: the job has written something, or has ended.</summary>
    public RedisChannel Output(string id) => RedisChannel.Literal(JobPrefix + id + ":output");

    /// <summary>Hash: the nodes that live, each with its last sign of life in microseconds and its memory for jobs.</summary>
    public RedisKey Nodes => prefix + "nodes";

    /// <summary>Hash: the job that an idempotency key has given, and the request's fingerprint.</summary>
    public RedisKey Idempotency(string key) => prefix + "idempotency:" + key;

    /// <summary>String: content by its SHA-256.</summary>
    public RedisKey Blob(string sha256) => prefix + "blob:" + sha256;
}
