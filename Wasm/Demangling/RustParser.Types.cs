using System.Globalization;

namespace WasmAspire.Wasm.Demangling;

/// <content>Types.</content>
internal sealed partial class RustParser
{
    private static readonly Dictionary<char, string> BasicTypes = new()
    {
        ['a'] = "i8",
        ['b'] = "bool",
        ['c'] = "char",
        ['d'] = "f64",
        ['e'] = "str",
        ['f'] = "f32",
        ['h'] = "u8",
        ['i'] = "isize",
        ['j'] = "usize",
        ['l'] = "i32",
        ['m'] = "u32",
        ['n'] = "i128",
        ['o'] = "u128",
        ['p'] = "_",
        ['s'] = "i16",
        ['t'] = "u16",
        ['u'] = "()",
        ['v'] = "...",
        ['x'] = "i64",
        ['y'] = "u64",
        ['z'] = "!",
    };

    private void Type()
    {
        if (writer.Enter())
        {
            ReadType();
            writer.Leave();
        }
    }

    private void ReadType()
    {
        var kind = Next();
        switch (kind)
        {
            case 'R' or 'Q':
                Reference(isMutable: kind == 'Q');
                break;
            case 'P' or 'O':
                Write(kind == 'P' ? "*const " : "*mut ");
                Type();
                break;
            case 'A' or 'S':
                ArrayOrSlice(isArray: kind == 'A');
                break;
            case 'T':
                Tuple(Type);
                break;
            case 'F':
                Bound(FunctionPointer);
                break;
            case 'D':
                Write("dyn ");
                Bound(Traits);
                Expect('L');
                TraitLifetime();
                break;
            case 'B':
                BackReference(Type);
                break;
            default:
                NamedType(kind);
                break;
        }
    }

    private void NamedType(char kind)
    {
        if (BasicTypes.TryGetValue(kind, out var name))
        {
            Write(name);
        }
        else if (!Failed)
        {
            Position--;
            Path(inValue: false);
        }
    }

    private void Reference(bool isMutable)
    {
        Write("&");
        if (Take('L') && Base62() is var lifetime and not 0)
        {
            Lifetime(lifetime);
            Write(" ");
        }

        Write(isMutable ? "mut " : "");
        Type();
    }

    private void ArrayOrSlice(bool isArray)
    {
        Write("[");
        Type();
        if (isArray)
        {
            Write("; ");
            Constant(inValue: true);
        }

        Write("]");
    }

    private void Tuple(Action element)
    {
        Write("(");
        var count = Elements('E', element);
        Write(count == 1 ? ",)" : ")");
    }

    private int Elements(char end, Action element)
    {
        var count = 0;
        while (!writer.Full && More(end))
        {
            Write(count++ > 0 ? ", " : "");
            element();
        }

        return count;
    }

    // What stands under "for<'a, 'b>".
    private void Bound(Action read)
    {
        var count = OptionalBase62('G');
        if (count > MaxLifetimes || lifetimes > MaxLifetimes)
        {
            Fail();
            return;
        }

        lifetimes += (int)count;
        for (var left = count; left > 0 && silent == 0 && !writer.Full; left--)
        {
            Write(left == count ? "for<" : ", ");
            Lifetime(left);
        }

        Write(count > 0 ? "> " : "");
        read();
        lifetimes -= (int)count;
    }

    // Counted from the innermost binder that is open; 0 is one without a name.
    private void Lifetime(ulong number)
    {
        if (number > (ulong)lifetimes)
        {
            Fail();
            return;
        }

        var name = lifetimes - (int)number;
        Write(number == 0 ? "'_" : name < 26 ? $"'{(char)('a' + name)}" : string.Create(CultureInfo.InvariantCulture, $"'_{name}"));
    }

    private void FunctionPointer()
    {
        Write(Take('U') ? "unsafe " : "");
        if (Take('K'))
        {
            Write("extern \"");
            Write(Take('C') ? "C" : Identifier().Replace('_', '-'));
            Write("\" ");
        }

        Write("fn(");
        Elements('E', Type);
        Write(")");
        if (!Take('u'))
        {
            Write(" -> ");
            Type();
        }
    }

    private void Traits()
    {
        for (var first = true; !writer.Full && More('E'); first = false)
        {
            Write(first ? "" : " + ");
            var isOpen = OpenPath();
            while (!writer.Full && Take('p'))
            {
                Write(isOpen ? ", " : "<");
                isOpen = true;
                Write(Identifier());
                Write(" = ");
                Type();
            }

            Write(isOpen ? ">" : "");
        }
    }

    // A trait's path whose arguments, if it has any, stay open for the associated types that follow.
    private bool OpenPath()
    {
        var isOpen = false;
        if (writer.Enter())
        {
            if (Take('B'))
            {
                BackReference(() => isOpen = OpenPath());
            }
            else if (Take('I'))
            {
                Path(inValue: false);
                Write("<");
                Arguments();
                isOpen = true;
            }
            else
            {
                Path(inValue: false);
            }
            writer.Leave();
        }
        return isOpen;
    }

    private void TraitLifetime()
    {
        if (Base62() is var lifetime and not 0)
        {
            Write(" + ");
            Lifetime(lifetime);
        }
    }
}
