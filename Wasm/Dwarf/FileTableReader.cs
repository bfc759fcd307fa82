namespace WasmAspire.Wasm.Dwarf;

/// <summary>Reads the tables of directories and files in a line table's header.</summary>
internal static class FileTableReader
{
    private const ulong PathContent = 1;
    private const ulong DirectoryIndexContent = 2;

    /// <param name="reader">At the tables, ending with the header; failed where they are malformed.</param>
    /// <param name="version">The line table's version.</param>
    /// <param name="wide">Whether it is in the 64-bit format.</param>
    /// <param name="files">Takes them.</param>
    public static void Read(ref DwarfReader reader, ushort version, bool wide, FileTable files)
    {
        if (version < 5)
        {
            ReadDirectories(ref reader, files);
            while (ReadFile(ref reader, files))
            {
            }

            return;
        }

        ReadDescribed(ref reader, wide, (path, _) => files.AddDirectory(path));
        ReadDescribed(ref reader, wide, files.AddFile);
    }

    /// <summary>A file as versions up to 4 write it, in the header or in the program.</summary>
    /// <returns>False at the empty name that ends the table.</returns>
    public static bool ReadFile(ref DwarfReader reader, FileTable files)
    {
        var name = new TextPlace(TextSection.Line, (ulong)reader.Position);
        if (reader.SkipText() == 0)
        {
            return false;
        }

        var directory = reader.ReadUnsigned();

        // When it was changed, and its length.
        reader.ReadUnsigned();
        reader.ReadUnsigned();
        if (!reader.Failed)
        {
            files.AddFile(name, directory);
        }

        return !reader.Failed;
    }

    private static void ReadDirectories(ref DwarfReader reader, FileTable files)
    {
        while (true)
        {
            var name = new TextPlace(TextSection.Line, (ulong)reader.Position);
            if (reader.SkipText() == 0)
            {
                return;
            }

            files.AddDirectory(name);
        }
    }

    // Version 5 says of what each entry consists, and how each part is written.
    private static void ReadDescribed(ref DwarfReader reader, bool wide, Action<TextPlace, ulong> add)
    {
        Span<(ulong Content, ulong Form)> parts = stackalloc (ulong, ulong)[reader.ReadByte()];
        foreach (ref var part in parts)
        {
            part = (reader.ReadUnsigned(), reader.ReadUnsigned());
        }

        // Each part of an entry takes a byte at least, so the bytes bound the loop; entries without parts would not.
        var count = parts.IsEmpty ? 0 : reader.ReadUnsigned();
        for (ulong i = 0; i < count && !reader.Failed; i++)
        {
            TextPlace path = default;
            ulong directory = 0;
            foreach (var part in parts)
            {
                var (text, number) = ReadForm(ref reader, part.Form, wide);
                path = part.Content == PathContent ? text : path;
                directory = part.Content == DirectoryIndexContent ? number : directory;
            }

            if (!reader.Failed)
            {
                add(path, directory);
            }
        }
    }

    // DWARF 5, section 7.5.6. Forms of texts by index (strx) need a base that no line table has; they fail like unknown ones.
    private static (TextPlace Text, ulong Number) ReadForm(ref DwarfReader reader, ulong form, bool wide)
    {
        switch (form)
        {
            case 0x05:
                return (default, reader.ReadFixed(2)); // data2
            case 0x06:
                return (default, reader.ReadFixed(4)); // data4
            case 0x07:
                return (default, reader.ReadFixed(8)); // data8
            case 0x08:
                var start = (ulong)reader.Position; // string
                reader.SkipText();
                return (new TextPlace(TextSection.Line, start), 0);
            case 0x09:
                reader.Take(reader.ReadUnsigned()); // block
                return default;
            case 0x0B:
                return (default, reader.ReadByte()); // data1
            case 0x0E:
                return (new TextPlace(TextSection.Str, reader.ReadOffset(wide)), 0); // strp
            case 0x0F:
                return (default, reader.ReadUnsigned()); // udata
            case 0x1E:
                reader.Take(16); // data16: the file's MD5
                return default;
            case 0x1F:
                return (new TextPlace(TextSection.LineStr, reader.ReadOffset(wide)), 0); // line_strp
            default:
                reader.Fail();
                return default;
        }
    }
}
