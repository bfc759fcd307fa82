namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>
/// C++ names as the Itanium C++ ABI mangles them (section 5.1), read into nodes in one pass without going back. Here stand
/// encodings, substitutions and template parameters; names, types and expressions have files of their own. Left out, so that
/// such names stay as they are: modules, constraints, Objective-C.
/// </summary>
internal sealed partial class ItaniumParser : SymbolParser
{
    // A slot's thread has 1.5 MB for the host; a level here takes less than 1.5 KB of it.
    private const int MaxDepth = 128;

    private readonly List<Node> substitutions = [];
    private readonly List<ForwardNode> forwards = [];
    private List<List<Node>> templateLevels = [];
    private int depth;

    private ItaniumParser(byte[] symbol, int start)
        : base(symbol, start)
    {
    }

    /// <summary>The readable name, or null where the symbol is malformed or uses what is left out.</summary>
    public static string? Demangle(byte[] symbol, int start) => new ItaniumParser(symbol, start).Parse();

    private string? Parse()
    {
        var name = Encoding();
        if (Failed)
        {
            return null;
        }

        var writer = new NodeWriter();
        name.Write(writer);
        return Demangler.WriteSuffix(Rest, writer) ? writer.ToString() : null;
    }

    // Goes one level deeper, or fails. Each call is answered by Ascend.
    private bool Descend()
    {
        if (++depth > MaxDepth)
        {
            Fail();
        }

        return !Failed;
    }

    private Node Ascend(Node node)
    {
        depth--;
        return node;
    }

    // What is returned after a fault: nobody writes it.
    private TextNode Fault()
    {
        Fail();
        return new TextNode("");
    }

    private Node Substitutable(Node node)
    {
        substitutions.Add(node);
        return node;
    }

    private Node Encoding() => Ascend(Descend() ? ReadEncoding() : Fault());

    private Node ReadEncoding()
    {
        if (Peek() is 'T' or 'G')
        {
            return SpecialName();
        }

        var outer = templateLevels;
        templateLevels = [];
        var node = NameAndType();
        templateLevels = outer;
        return node;
    }

    private Node NameAndType()
    {
        var traits = new NameTraits();
        var firstForward = forwards.Count;
        var name = Name(traits);
        ResolveForwards(firstForward);
        if (Failed || AtEnd || Peek() is 'E' or '.' or '_')
        {
            return name;
        }

        var result = traits is { HasArguments: true, HasNoResult: false } ? Type() : null;
        return new FunctionNode(name, result, Parameters(), traits.Qualifiers);
    }

    // To the end of an encoding: nothing, an E, or a suffix.
    private List<Node> Parameters()
    {
        var parameters = new List<Node>();
        if (Take('v'))
        {
            return parameters;
        }

        do
        {
            parameters.Add(Type());
        }
        while (!Failed && !AtEnd && Peek() is not ('E' or '.' or '_'));
        return parameters;
    }

    private void ResolveForwards(int first)
    {
        for (var i = first; i < forwards.Count; i++)
        {
            var arguments = templateLevels.Count > 0 ? templateLevels[0] : [];
            var target = forwards[i].Index < arguments.Count ? arguments[forwards[i].Index] : null;
            if (target is null or ForwardNode)
            {
                Fail();
            }

            forwards[i].Target = target;
        }

        forwards.RemoveRange(first, forwards.Count - first);
    }

    // After the S. Of St only the name's reader knows what follows.
    private Node Substitution()
    {
        if (char.IsAsciiLetterLower(Peek()))
        {
            var kind = Next();
            Node? node = StandardNames.Find(kind);
            return node is null ? Fault() : Peek() == 'B' ? Substitutable(Tagged(node)) : node;
        }

        var index = SequenceNumber();
        return index < substitutions.Count ? substitutions[index] : Fault();
    }

    // _ is 0, 0_ is 1, and so on in base 36.
    private int SequenceNumber()
    {
        var value = -1;
        while (More('_'))
        {
            var digit = Next();
            var worth = char.IsAsciiDigit(digit) ? digit - '0' : char.IsAsciiLetterUpper(digit) ? digit - 'A' + 10 : -1;
            value = (Math.Max(value, 0) * 36) + worth;
            if (worth < 0 || value > Demangler.MaxSymbolLength)
            {
                Fail();
            }
        }

        return value + 1;
    }

    // _ is 0, 0_ is 1, and so on in decimal.
    private int OptionalNumber()
    {
        var value = Peek() == '_' ? 0 : Number() + 1;
        Expect('_');
        return value;
    }

    // After the T.
    private Node TemplateParameter()
    {
        var level = 0;
        if (Take('L'))
        {
            level = Number() + 1;
            Expect('_');
        }

        var index = OptionalNumber();
        if (Failed)
        {
            return Fault();
        }

        if (level < templateLevels.Count && index < templateLevels[level].Count)
        {
            return templateLevels[level][index];
        }

        if (lambdas > 0)
        {
            return new TextNode("auto");
        }

        if (!isForwardAllowed)
        {
            return Fault();
        }

        var forward = new ForwardNode(index);
        forwards.Add(forward);
        return forward;
    }

    // After the I. Arguments of the name of an encoding are what its type refers to as T_.
    private List<Node> TemplateArguments(bool areReferredTo)
    {
        if (areReferredTo)
        {
            templateLevels = [[]];
        }

        var conversion = isConversion;
        isConversion = false;
        var arguments = new List<Node>();
        while (More('E'))
        {
            var argument = TemplateArgument();
            arguments.Add(argument);
            if (areReferredTo)
            {
                templateLevels[0].Add(argument is ArgumentPackNode pack ? new PackNode(pack.Elements) : argument);
            }
        }

        isConversion = conversion;
        return arguments;
    }

    private Node TemplateArgument() => Ascend(Descend() ? ReadTemplateArgument() : Fault());

    private Node ReadTemplateArgument()
    {
        switch (Peek())
        {
            case 'X':
                Next();
                var expression = Expression();
                Expect('E');
                return expression;
            case 'L':
                return Expression();
            case 'J':
                Next();
                return new ArgumentPackNode(TemplateArguments(areReferredTo: false));
            default:
                return Type();
        }
    }

    // What the type of an encoding depends on in its name.
    private sealed class NameTraits
    {
        public bool HasNoResult { get; set; }

        public bool HasArguments { get; set; }

        public string Qualifiers { get; set; } = "";
    }
}
