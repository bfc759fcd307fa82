namespace WasmAspire.Wasi.Descriptors;

/// <summary>What a descriptor is good for (witx <c>rights</c>), as far as it is told.</summary>
[Flags]
internal enum Rights : ulong
{
    Read = 1 << 1,
    Seek = 1 << 2,
    Tell = 1 << 5,
    Write = 1 << 6,
    PathOpen = 1 << 13,
    ReadDirectory = 1 << 14,
    PathFilestatGet = 1 << 18,
    FilestatGet = 1 << 21,
    Poll = 1 << 27,

    File = Read | Seek | Tell | FilestatGet | Poll,
    Directory = PathOpen | ReadDirectory | PathFilestatGet | FilestatGet,
}
