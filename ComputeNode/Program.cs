using WasmAspire.ComputeNode;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddRedisClient("redis", settings => settings.DisableTracing = true);
builder.AddNode();

var app = builder.Build();
app.MapDefaultEndpoints();
app.Run();
