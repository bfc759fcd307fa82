using PublicApiGenerator;
using WasmAspire.Observe;

namespace WasmAspire.Tests.Observe;

/// <summary>The package's public surface: a change of it is a change of <c>PublicApi.txt</c>, which a reviewer sees.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public async Task ThePublicSurfaceIsTheOneWrittenDown()
    {
        var file = Path.Combine(RepositoryRoot.Path, "Tests", "Observe", "PublicApi.txt");

        var actual = typeof(ObserveSession).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false });

        var expected = await File.ReadAllTextAsync(file);
        if (expected.ReplaceLineEndings().TrimEnd() != actual.ReplaceLineEndings().TrimEnd())
        {
            await File.WriteAllTextAsync(file + ".actual", actual);
            Assert.Fail($"The public surface has changed. If that is meant: mv {file}.actual {file}\n{actual}");
        }
    }
}
