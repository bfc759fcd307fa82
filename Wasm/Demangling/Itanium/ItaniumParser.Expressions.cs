using System.Globalization;

namespace WasmAspire.Wasm.Demangling.Itanium;

/// <content>Expressions, as they stand in <c>decltype</c> and in template arguments.</content>
internal sealed partial class ItaniumParser
{
    private Node Expression() => Ascend(Descend() ? ReadExpression() : Fault());

    private Node ReadExpression()
    {
        var global = Take('g', 's') ? "::" : "";
        switch (Peek())
        {
            case 'L':
                Next();
                return Literal();
            case 'T':
                Next();
                return TemplateParameter();
            case 'f' when Peek(1) == 'p' || char.IsAsciiDigit(Peek(2)):
                return FunctionParameter();
            case 'f':
                return Fold();
            case 'u':
                Next();
                return VendorExpression();
            case >= '0' and <= '9':
                return new SequenceNode(global, UnresolvedBase());
        }

        switch ((Peek(), Peek(1)))
        {
            case ('s', 'r'):
                return new SequenceNode(global, UnresolvedName());
            case ('o', 'n') or ('d', 'n'):
                return new SequenceNode(global, UnresolvedBase());
            case ('s', 'p') or ('s', 'Z') or ('s', 'P'):
                return PackOperation();
            case ('c', 'v'):
                return Conversion();
            case ('t', 'l') or ('i', 'l'):
                return InitializerList();
            case ('t', 'w') or ('t', 'r'):
                return Throw();
            default:
                var code = string.Create(CultureInfo.InvariantCulture, $"{Next()}{Next()}");
                return Operators.Find(code) is { } found ? Operation(found, global) : Fault();
        }
    }

    private SequenceNode Operation(Operator found, string global)
    {
        switch (found.Kind)
        {
            case OperatorKind.Prefix:
                return new SequenceNode($"{found.Text}(", Expression(), ")");
            case OperatorKind.Increment:
                return Take('_') ? new SequenceNode($"{found.Text}(", Expression(), ")") : new SequenceNode("(", Expression(), $"){found.Text}");
            case OperatorKind.Binary:
                return Binary(found.Text, Expression(), Expression());
            case OperatorKind.Member:
                return new SequenceNode(Expression(), found.Text, Expression());
            case OperatorKind.Subscript:
                return new SequenceNode("(", Expression(), ")[", Expression(), "]");
            case OperatorKind.Call:
                return new SequenceNode(Expression(), "(", Expressions('E'), ")");
            case OperatorKind.Conditional:
                return new SequenceNode("(", Expression(), ") ? (", Expression(), ") : (", Expression(), ")");
            case OperatorKind.Cast:
                return new SequenceNode($"{found.Text}<", Type(), ">(", Expression(), ")");
            case OperatorKind.OfExpression:
                return new SequenceNode($"{found.Text}(", Expression(), ")");
            case OperatorKind.OfType:
                return new SequenceNode($"{found.Text}(", Type(), ")");
            case OperatorKind.New:
                return NewExpression($"{global}{found.Text}");
            default:
                return new SequenceNode($"{global}{found.Text} ", Expression());
        }
    }

    // Among template arguments a > outside of parentheses would end them.
    private static SequenceNode Binary(string text, Node left, Node right) => text == ">"
        ? new SequenceNode("((", left, ") > (", right, "))")
        : new SequenceNode("(", left, $") {text} (", right, ")");

    private List<Node> Expressions(char end)
    {
        var expressions = new List<Node>();
        while (More(end))
        {
            expressions.Add(Expression());
        }

        return expressions;
    }

    private SequenceNode NewExpression(string text)
    {
        var placement = Expressions('_');
        var type = Type();
        var before = placement.Count == 0 ? new SequenceNode(text, " ", type) : new SequenceNode(text, " (", placement, ") ", type);
        if (Take('p', 'i'))
        {
            return new SequenceNode(before, "(", Expressions('E'), ")");
        }

        Expect('E');
        return before;
    }

    private Node Throw()
    {
        Next();
        return Next() == 'w' ? new SequenceNode("throw ", Expression()) : new TextNode("throw");
    }

    private SequenceNode Conversion()
    {
        Next();
        Next();
        var type = Type();
        List<Node> values = Take('_') ? Expressions('E') : [Expression()];
        return new SequenceNode("(", type, ")(", values, ")");
    }

    private SequenceNode InitializerList()
    {
        var hasType = Next() == 't';
        Next();
        Node type = hasType ? Type() : new TextNode("");
        return new SequenceNode(type, "{", Expressions('E'), "}");
    }

    private Node PackOperation()
    {
        Next();
        switch (Next())
        {
            case 'p':
                return new ExpansionNode(Expression());
            case 'P':
                return new SequenceNode("sizeof...(", TemplateArguments(areReferredTo: false), ")");
            default:
                Node pack = Peek() == 'f' ? FunctionParameter() : Take('T') ? TemplateParameter() : Fault();
                return new SequenceNode("sizeof...(", new ExpansionNode(pack), ")");
        }
    }

    // fp: of this function. fL0p: of one around it.
    private TextNode FunctionParameter()
    {
        Next();
        if (Take('L'))
        {
            Number();
        }

        Expect('p');
        if (Take('T'))
        {
            return new TextNode("this");
        }

        Qualifiers();
        var name = $"fp{Digits()}";
        Expect('_');
        return new TextNode(name);
    }

    private Node Fold()
    {
        Next();
        var kind = Next();
        var code = string.Create(CultureInfo.InvariantCulture, $"{Next()}{Next()}");
        if (Operators.Find(code) is not { Kind: OperatorKind.Binary or OperatorKind.Member, Text: var text } || kind is not ('l' or 'r' or 'L' or 'R'))
        {
            return Fault();
        }

        var first = Expression();
        var initial = kind is 'L' or 'R' ? Expression() : null;
        // With an initial value, they stand in the order of the source.
        var pack = kind == 'L' ? initial! : first;
        initial = kind == 'L' ? first : initial;
        var expansion = new SequenceNode("(", new ExpansionNode(pack), ")");
        return (kind, initial) switch
        {
            ('l', _) => new SequenceNode($"(... {text} ", expansion, ")"),
            ('r', _) => new SequenceNode("(", expansion, $" {text} ...)"),
            ('L', { } value) => new SequenceNode("(", value, $" {text} ... {text} ", expansion, ")"),
            (_, { } value) => new SequenceNode("(", expansion, $" {text} ... {text} ", value, ")"),
            _ => Fault(),
        };
    }

    private SequenceNode VendorExpression()
    {
        var name = SourceName();
        return new SequenceNode(name, "(", TemplateArguments(areReferredTo: false), ")");
    }

    // A name that depends on template arguments: T::name.
    private NestedNode UnresolvedName()
    {
        Next();
        Next();
        Node name;
        if (Take('N'))
        {
            name = UnresolvedType();
            while (More('E'))
            {
                name = new NestedNode(name, SimpleName());
            }
        }
        else if (char.IsAsciiDigit(Peek()))
        {
            name = SimpleName();
            while (More('E'))
            {
                name = new NestedNode(name, SimpleName());
            }
        }
        else
        {
            name = UnresolvedType();
        }

        return new NestedNode(name, UnresolvedBase());
    }

    private Node UnresolvedType()
    {
        var node = Peek() switch
        {
            'T' when Take('T') => Substitutable(TemplateParameter()),
            'D' => Substitutable(Decltype()),
            'S' when Peek(1) == 't' => UnresolvedStandardType(),
            'S' when Take('S') => Substitution(),
            _ => Fault(),
        };
        return Peek() == 'I' ? Substitutable(WithArguments(node, traits: null)) : node;
    }

    private Node UnresolvedStandardType()
    {
        Take('S', 't');
        return Substitutable(new NestedNode(Std, UnqualifiedName(traits: null, scope: null)));
    }

    private Node UnresolvedBase()
    {
        if (Take('d', 'n'))
        {
            return new SequenceNode("~", char.IsAsciiDigit(Peek()) ? SimpleName() : UnresolvedType());
        }

        if (!Take('o', 'n'))
        {
            return SimpleName();
        }

        var name = OperatorName(traits: null);
        return Peek() == 'I' ? WithArguments(name, traits: null) : name;
    }

    private Node SimpleName()
    {
        var name = SourceName();
        return Peek() == 'I' ? WithArguments(name, traits: null) : name;
    }
}
