using Microsoft.Extensions.DependencyInjection;
using WasmAspire.Requester.Submission;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

public sealed class BodyMemoryTests(RequesterFixture requester) : IClassFixture<RequesterFixture>
{
    [Fact]
    public void WhatDoesNotFitIsNotTaken()
    {
        var memory = new BodyMemory(10);

        Assert.True(memory.TryTake(6));
        Assert.False(memory.TryTake(5));
        Assert.True(memory.TryTake(4));
        memory.GiveBack(6);
        Assert.True(memory.TryTake(6));
        Assert.False(memory.TryTake(1));
    }

    [Fact]
    public void OneBodyOfAnyAllowedSizeAlwaysFits() => Assert.True(BodyMemory.OfThisMachine().TryTake(96 << 20));

    [RequiresToolFact("redis-server")]
    public async Task ARequestGivesItsMemoryBackHoweverItEnds()
    {
        var memory = new BodyMemory(100);
        await using var factory = new RequesterFactory(requester.Redis.ConnectionString, services: services => services.AddSingleton(memory));
        using var client = factory.Start();

        for (var i = 0; i < 5; i++)
        {
            using var tooMuch = await client.PostAsync("/jobs", Json.Text(new string(' ', 101)));
            var problem = await ProblemView.ReadAsync(tooMuch);
            Assert.Equal((503, "urn:wasmaspire:problem:busy"), (problem.Status, problem.Type));
            Assert.Equal(TimeSpan.FromSeconds(1), tooMuch.Headers.RetryAfter!.Delta);
            using var wrong = await client.PostAsync("/jobs", Json.Text(new string('x', 60)));
            Assert.Equal(400, (int)wrong.StatusCode);
            using var good = await client.PostAsync("/jobs", Json.Spec());
            Assert.Equal(202, (int)good.StatusCode);
        }
    }
}
