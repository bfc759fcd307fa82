using System.Globalization;

namespace WasmAspire.Wasm.Demangling.Itanium;

/// <content>Types.</content>
internal sealed partial class ItaniumParser
{
    private Node Type() => Ascend(Descend() ? ReadType() : Fault());

    private Node ReadType()
    {
        if (BuiltinTypes.Find(Peek()) is { } builtin)
        {
            Next();
            return builtin;
        }

        switch (Peek())
        {
            case 'u':
                Next();
                return Substitutable(VendorType());
            case 'S' when Peek(1) != 't':
                Next();
                return SubstitutedType();
            case 'D' when Peek(1) is not ('t' or 'T' or 'p' or 'v' or 'o' or 'O' or 'w' or 'x'):
                Next();
                return ExtendedBuiltin();
            case 'T' when Peek(1) is not ('s' or 'u' or 'e'):
                Next();
                return ParameterType();
            default:
                return Substitutable(SubstitutableType());
        }
    }

    private Node SubstitutableType()
    {
        switch (Peek())
        {
            case 'r' or 'V' or 'K':
                return QualifiedType();
            case 'U' when Peek(1) is not ('l' or 't' or 'b'):
                return VendorQualifiedType();
            case 'P' or 'R' or 'O':
                var sign = Next() switch { 'P' => "*", 'R' => "&", _ => "&&" };
                return new PointerNode(Type(), sign);
            case 'C' or 'G':
                var suffix = Next() == 'C' ? " complex" : " imaginary";
                return new QualifiedNode(Type(), suffix);
            case 'F':
                return FunctionType("");
            case 'A':
                return ArrayType();
            case 'M':
                Next();
                var type = Type();
                return new MemberPointerNode(type, Type());
            case 'D':
                return CompositeType();
            case 'T':
                // An elaborated type: struct, union or enum goes without saying.
                Next();
                Next();
                return Name(traits: null);
            default:
                return Name(traits: null);
        }
    }

    // After the S: a class, or a template of which only the arguments are new.
    private Node SubstitutedType()
    {
        var node = Substitution();
        return Peek() == 'I' && !isConversion ? Substitutable(WithArguments(node, traits: null)) : node;
    }

    // After the T.
    private Node ParameterType()
    {
        var node = Substitutable(TemplateParameter());
        return Peek() == 'I' && !isConversion ? Substitutable(WithArguments(node, traits: null)) : node;
    }

    private Node QualifiedType()
    {
        var qualifiers = Qualifiers();
        // Those of a function type are its own: they stand behind its parameters.
        return Peek() == 'F' ? FunctionType(qualifiers)
            : Peek() == 'D' && Peek(1) is 'o' or 'O' or 'w' or 'x' ? FunctionType(qualifiers)
            : new QualifiedNode(Type(), qualifiers);
    }

    private QualifiedNode VendorQualifiedType()
    {
        Next();
        var name = SourceName().BaseName;
        if (Peek() == 'I')
        {
            Next();
            TemplateArguments(areReferredTo: false);
        }

        return new QualifiedNode(Type(), $" {name}");
    }

    private Node VendorType()
    {
        var name = SourceName();
        return Peek() == 'I' ? WithArguments(name, traits: null) : name;
    }

    private FunctionNode FunctionType(string qualifiers)
    {
        var exceptions = ExceptionSpecification();
        Take('D', 'x'); // transaction_safe
        Expect('F');
        Take('Y'); // extern "C"
        var result = Type();
        var parameters = new List<Node>();
        var reference = "";
        while (More('E'))
        {
            if (Peek(1) == 'E' && Peek() is 'R' or 'O')
            {
                reference = ReferenceQualifier();
            }
            else if (!Take('v'))
            {
                parameters.Add(Type());
            }
        }

        return new FunctionNode(name: null, result, parameters, qualifiers + reference, exceptions);
    }

    private SequenceNode? ExceptionSpecification()
    {
        if (Take('D', 'o'))
        {
            return new SequenceNode(" noexcept");
        }

        if (Take('D', 'O'))
        {
            var condition = Expression();
            Expect('E');
            return new SequenceNode(" noexcept(", condition, ")");
        }

        if (!Take('D', 'w'))
        {
            return null;
        }

        var types = new List<Node>();
        while (More('E'))
        {
            types.Add(Type());
        }

        return new SequenceNode(" throw(", types, ")");
    }

    private ArrayNode ArrayType()
    {
        Next();
        Node? bound = null;
        if (char.IsAsciiDigit(Peek()))
        {
            bound = new TextNode(Digits());
        }
        else if (Peek() != '_')
        {
            bound = Expression();
        }

        Expect('_');
        return new ArrayNode(Type(), bound);
    }

    // A number that means nothing to the parser, however great.
    private string Digits()
    {
        var length = 0;
        while (char.IsAsciiDigit(Peek(length)))
        {
            length++;
        }

        return Text(length);
    }

    private Node CompositeType()
    {
        if (Peek(1) is 't' or 'T')
        {
            return Decltype();
        }

        if (Take('D', 'p'))
        {
            return new ExpansionNode(Type());
        }

        return Take('D', 'v') ? VectorType() : FunctionType("");
    }

    // Its size is a number, or an expression after one more underscore.
    private SequenceNode VectorType()
    {
        var size = Take('_') ? Expression() : new TextNode(Digits());
        Expect('_');
        return Take('p') ? new SequenceNode("pixel vector[", size, "]") : new SequenceNode(Type(), " vector[", size, "]");
    }

    private SequenceNode Decltype()
    {
        Next();
        Next();
        var expression = Expression();
        Expect('E');
        return new SequenceNode("decltype(", expression, ")");
    }

    // After the D.
    private TextNode ExtendedBuiltin()
    {
        var kind = Next();
        if (BuiltinTypes.FindExtended(kind) is { } builtin)
        {
            return builtin;
        }

        switch (kind)
        {
            case 'F':
                var bits = Number();
                return new TextNode(Take('b') ? "std::bfloat16_t" : WithBits("_Float", bits, ""));
            case 'B' or 'U':
                return new TextNode(WithBits(kind == 'U' ? "unsigned _BitInt(" : "_BitInt(", Number(), ")"));
            default:
                return Fault();
        }
    }

    private string WithBits(string before, int bits, string after)
    {
        Expect('_');
        return string.Create(CultureInfo.InvariantCulture, $"{before}{bits}{after}");
    }
}
