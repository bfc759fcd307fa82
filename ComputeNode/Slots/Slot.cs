using WasmAspire.ComputeNode.Execution;
using WasmAspire.ComputeNode.Telemetry;
using WasmAspire.Jobs;
using WasmAspire.Observe;

namespace WasmAspire.ComputeNode.Slots;

/// <summary>One job at a time, on a thread of its own: claim, run, finish.</summary>
internal sealed class Slot(int number, string node, JobQueue queue, BlobStore blobs, JobMemory memory, RunningJobs jobs, JobRunner runner, WakeSignal wake, ILogger<Slot> logger)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>Works until the node stops. Whatever happens to a job, the slot goes on.</summary>
    public void Work(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (Patiently(() => memory.Claim(queue, node), stopping) is { } job)
                {
                    try
                    {
                        Process(job, stopping);
                    }
                    finally
                    {
                        memory.Free(job);
                    }
                }
                else
                {
                    wake.Wait(stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (stopping.IsCancellationRequested && RedisOutage.Causes(e))
            {
                Log.StoppedWithoutRedis(logger, number, RedisOutage.Describe(e));
            }
            catch (Exception e)
            {
                Log.SlotFailed(logger, e, number);
                stopping.WaitHandle.WaitOne(RetryInterval);
            }
        }
    }

    private void Process(ClaimedJob job, CancellationToken stopping)
    {
        // The wait in the queue ends where the claim was answered, and the work begins.
        var clock = new SpanClock(job.ClaimedTimestamp);
        NodeTelemetry.RecordQueueWait(job, queue, clock);
        var activity = NodeTelemetry.StartProcess(job, queue, node, clock);
        string? error = null;
        var running = jobs.Begin(job, stopping);
        try
        {
            // Redis is asked for the job's contents before the guest starts, so a second try runs nothing twice.
            if (Patiently(() => Run(running, clock), stopping) is not { } result)
            {
                GiveBack(running, stopping);
                return;
            }

            activity?.SetTag("wasmaspire.job.state", result.State.ToString());
            error = result.State == JobState.Completed ? null : result.Message;
            if (Finish(running, result, stopping))
            {
                Tell(job, result, clock.UtcNow - clock.Start);
            }
            else
            {
                Log.NotHeld(logger, job.Id);
            }
        }
        finally
        {
            jobs.End(running);
            activity.Stop(clock, error);
        }
    }

    private bool Finish(RunningJob running, JobResult result, CancellationToken stopping)
    {
        var outputs = running.Tree is { } tree ? Patiently(() => OutputFiles.Store(blobs, running.Job.Spec, tree), stopping) : [];
        return Patiently(
            () => queue.Finish(running.Job, result, running.TakeRest(OutputStream.Stdout), running.TakeRest(OutputStream.Stderr), outputs),
            stopping);
    }

    /// <summary>Puts back a job that did not end.</summary>
    private void GiveBack(RunningJob running, CancellationToken stopping)
    {
        var job = running.Job;
        if (Patiently(() => queue.Release(job), stopping))
        {
            Log.Released(logger, job.Id);
        }
        else if (Patiently(() => queue.Look(job), stopping) == JobHold.Cancel)
        {
            // Just when the node began to stop.
            var result = new JobResult { State = JobState.Cancelled, Reason = JobReason.Cancelled, Message = "The job was cancelled." };
            Finish(running, result, stopping);
        }
        else
        {
            Log.NotHeld(logger, job.Id);
        }
    }

    private void Tell(ClaimedJob job, JobResult result, TimeSpan duration)
    {
        if (result.State == JobState.Completed)
        {
            Log.Completed(logger, job.Id, duration.TotalMilliseconds);
        }
        else if (result.State == JobState.Cancelled)
        {
            Log.Cancelled(logger, job.Id, duration.TotalMilliseconds);
        }
        else
        {
            Log.Failed(logger, job.Id, duration.TotalMilliseconds, result.Reason, result.Message);
        }
    }

    private JobResult? Run(RunningJob running, SpanClock clock)
    {
        try
        {
            return runner.Run(running, clock, jobs.Written);
        }
        catch (Exception e) when (!RedisOutage.Causes(e))
        {
            Log.NodeFailed(logger, e, running.Job.Id);
            return new JobResult { State = JobState.Failed, Reason = JobReason.AttemptsExhausted, Message = $"The node could not run the job: {e.Message}" };
        }
    }

    /// <summary>Calls Redis, again and again while it is away.</summary>
    private T Patiently<T>(Func<T> call, CancellationToken stopping)
    {
        var lost = false;
        while (true)
        {
            try
            {
                var answer = call();
                if (lost)
                {
                    Log.RedisBack(logger);
                }

                return answer;
            }
            catch (Exception e) when (RedisOutage.Causes(e) && !stopping.IsCancellationRequested)
            {
                if (!lost)
                {
                    Log.RedisLost(logger, RedisOutage.Describe(e));
                    lost = true;
                }

                stopping.WaitHandle.WaitOne(RetryInterval);
            }
        }
    }
}
