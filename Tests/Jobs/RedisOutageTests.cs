using StackExchange.Redis;
using WasmAspire.Jobs;

namespace WasmAspire.Tests.Jobs;

public sealed class RedisOutageTests
{
    public static TheoryData<Exception, bool> Exceptions => new()
    {
        { new RedisConnectionException(ConnectionFailureType.SocketClosed, "closed"), true },
        { new RedisTimeoutException("slow", CommandStatus.Sent), true },
        { new RedisServerException("LOADING Redis is loading the dataset in memory"), true },
        { new RedisServerException("READONLY You can't write against a read only replica."), true },
        { new RedisServerException("OOM command not allowed when used memory > 'maxmemory'."), true },
        { new RedisServerException("MISCONF Errors writing to the AOF file"), true },
        { new RedisServerException("WRONGTYPE Operation against a key holding the wrong kind of value"), false },
        { new RedisServerException("ERR OOM is not the first word"), false },
        { new InvalidDataException("gone"), false },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void WhatPassesIsToldFromMistakes(Exception exception, bool passes) => Assert.Equal(passes, RedisOutage.Causes(exception));

    [Fact]
    public void TheClientsCountersAreLeftOut() => Assert.Equal(
        "The message timed out in the backlog",
        RedisOutage.Describe(new RedisTimeoutException("The message timed out in the backlog, command=EVAL, timeout: 5000 - see the documentation", CommandStatus.Unknown)));
}
