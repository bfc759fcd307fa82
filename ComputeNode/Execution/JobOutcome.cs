using WasmAspire.Jobs;

namespace WasmAspire.ComputeNode.Execution;

/// <summary>What became of an attempt.</summary>
/// <param name="Result">The job's end; null where the node stops and the job is to go back to the queue.</param>
/// <param name="Stdout">What it wrote to stdout.</param>
/// <param name="Stderr">What it wrote to stderr.</param>
internal sealed record JobOutcome(JobResult? Result, ReadOnlyMemory<byte> Stdout, ReadOnlyMemory<byte> Stderr);
