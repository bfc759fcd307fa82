using WasmAspire.AppHost;

var builder = DistributedApplication.CreateBuilder(args);

var redis = builder.AddJobsRedis("redis");

builder.AddProject<Projects.ComputeNode>("computenode")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReplicas(2)
    .WithReference(redis)
    .WaitFor(redis);

builder.AddProject<Projects.Requester>("requester")
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithDashboardUrl()
    .WithReference(redis)
    .WaitFor(redis);

builder.Build().Run();
