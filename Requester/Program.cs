using WasmAspire.Requester;
using WasmAspire.Requester.Api;
using WasmAspire.Requester.Security;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddRedisClient("redis", settings => settings.DisableTracing = true);
builder.AddRequester();

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseBrowserDefences();
app.UseDefaultFiles();
app.UseStaticFiles();
app.MapDefaultEndpoints();
app.MapOpenApi();
app.MapJobsApi();
app.MapModulesApi();
app.Run();
