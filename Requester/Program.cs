using WasmAspire.Requester;
using WasmAspire.Requester.Api;
using WasmAspire.Requester.Problems;
using WasmAspire.Requester.Security;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
// One try holds up the first request; the connection goes on trying by itself, and meanwhile requests are told.
builder.AddRedisClient("redis", settings => settings.DisableTracing = true, options => options.ConnectRetry = 1);
builder.AddRequester();

var app = builder.Build();
app.Use(UntrustedTraceContext.Link);
app.UseExceptionHandler();
app.UseStatusCodePages(context => Problem.OfStatus(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
app.UseBrowserDefences();
app.UseDefaultFiles();
app.UseStaticFiles();
app.MapDefaultEndpoints();
app.MapOpenApi();
app.MapJobsApi();
app.MapOutputsApi();
app.MapModulesApi();
app.MapInstrumentApi();
app.Run();
