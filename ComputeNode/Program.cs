using WasmAspire.ComputeNode;
using WasmAspire.ComputeNode.Compilation;

if (args is [CompilerProgram.Command, ..])
{
    return CompilerProgram.Run(args);
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddRedisClient("redis", settings => settings.DisableTracing = true);
builder.AddNode();

var app = builder.Build();
app.MapDefaultEndpoints();
app.Run();
return 0;
