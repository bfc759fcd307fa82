using System.Collections.Frozen;

namespace WasmAspire.Instrument.Choice;

/// <summary>
/// The functions that are left out without being asked for: allocators, which run everywhere and are nobody's own code,
/// and what compilers and their runtimes add. The list is part of the documentation.
/// </summary>
public static class DefaultExclusions
{
    /// <summary>Names that are matched whole.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        // C's allocator and blocks of memory (wasi-libc, emscripten)
        "malloc", "free", "calloc", "realloc", "reallocarray", "aligned_alloc", "posix_memalign", "memalign", "malloc_usable_size",
        "dlmalloc", "dlfree", "dlcalloc", "dlrealloc", "dlmemalign", "dispose_chunk", "sbrk",
        "memcpy", "memmove", "memset", "memcmp", "bcmp",

        // what wasm-ld writes
        "__wasm_init_memory", "__wasm_init_tls", "__wasm_apply_data_relocs", "__wasm_apply_global_relocs",

        // 128-bit arithmetic and the like: compiler-rt, compiler_builtins
        "__multi3", "__divti3", "__udivti3", "__modti3", "__umodti3", "__udivmodti4", "__divmodti4", "__ashlti3", "__ashrti3", "__lshrti3",
        "__muloti4", "__popcountti2", "__clzti2", "__ctzti2",
        "__addtf3", "__subtf3", "__multf3", "__divtf3", "__negtf2", "__powitf2", "__extendsftf2", "__extenddftf2", "__trunctfdf2", "__trunctfsf2",
        "__fixtfsi", "__fixtfdi", "__fixunstfsi", "__fixunstfdi", "__floatsitf", "__floatditf", "__floatunsitf", "__floatunditf",
        "__eqtf2", "__netf2", "__lttf2", "__letf2", "__gttf2", "__getf2", "__unordtf2",

        // Rust's allocator
        "__rust_alloc", "__rust_dealloc", "__rust_realloc", "__rust_alloc_zeroed", "__rust_no_alloc_shim_is_unstable",
        "__rdl_alloc", "__rdl_dealloc", "__rdl_realloc", "__rdl_alloc_zeroed", "__rg_alloc", "__rg_dealloc", "__rg_realloc", "__rg_alloc_zeroed",

        // Go and TinyGo
        "runtime.mallocgc", "runtime.alloc", "runtime.free", "runtime.memmove", "runtime.memclrNoHeapPointers",
    ];

    /// <summary>Globs.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [
        "emmalloc_*", "mi_*alloc*", "mi_free*",
        "operator new*", "operator delete*",
        "dlmalloc::*", "wee_alloc::*", "alloc::alloc::*", "alloc::raw_vec::*", "compiler_builtins::*",
        "<dlmalloc::*", "<alloc::raw_vec::*",
        "~lib/rt/*", "~lib/memory/*", "~lib/util/memory/*",
    ];

    private static readonly FrozenSet<string> Whole = Names.ToFrozenSet(StringComparer.Ordinal);
    private static readonly NamePatterns Globs = new(Patterns);

    /// <summary>Whether a function of this name, raw or demangled, is one of them.</summary>
    public static bool Match(string name) => Whole.Contains(name) || Globs.Match(name);
}
