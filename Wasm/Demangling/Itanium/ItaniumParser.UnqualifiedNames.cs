using System.Globalization;
using System.Text;

namespace WasmAspire.Wasm.Demangling.Itanium;

/// <content>Unqualified names: identifiers, operators, constructors, lambdas.</content>
internal sealed partial class ItaniumParser
{
    private const string Anonymous = "_GLOBAL__N";

    private int lambdas;
    private bool isForwardAllowed;
    private bool isConversion;

    // The scope is what constructors are named after.
    private Node UnqualifiedName(NameTraits? traits, Node? scope)
    {
        Take('L'); // of internal linkage
        Node name;
        if (char.IsAsciiDigit(Peek()))
        {
            name = SourceName();
        }
        else if (Take('U', 't'))
        {
            name = new TextNode($"'unnamed{Count()}'");
        }
        else if (Take('U', 'l'))
        {
            name = Lambda();
        }
        else if (Take('D', 'C'))
        {
            name = new SequenceNode("[", SourceNames(), "]");
        }
        else if (Peek() is 'C' or 'D' && scope is not null)
        {
            name = Structor(scope, traits);
        }
        else
        {
            name = OperatorName(traits);
        }

        return Peek() == 'B' ? Tagged(name) : name;
    }

    private TextNode SourceName()
    {
        var name = Text(Number());
        if (name.Length == 0)
        {
            Fail();
        }

        return new TextNode(name.StartsWith(Anonymous, StringComparison.Ordinal) ? "(anonymous namespace)" : name);
    }

    private List<Node> SourceNames()
    {
        var names = new List<Node>();
        while (More('E'))
        {
            names.Add(SourceName());
        }

        return names;
    }

    private TaggedNode Tagged(Node name)
    {
        var tags = new StringBuilder();
        while (Take('B') && !Failed)
        {
            tags.Append(CultureInfo.InvariantCulture, $"[abi:{SourceName().BaseName}]");
        }

        return new TaggedNode(name, tags.ToString());
    }

    // Which of several closures or unnamed types of a scope, as it stands in the symbol: nothing for the first, then 0, 1 …
    private string Count()
    {
        var number = OptionalNumber();
        return number == 0 ? "" : (number - 1).ToString(CultureInfo.InvariantCulture);
    }

    private TextNode Structor(Node scope, NameTraits? traits)
    {
        var isConstructor = Next() == 'C';
        var isInheriting = isConstructor && Take('I');
        if (Next() is not (>= '0' and <= '5') || scope.BaseName.Length == 0)
        {
            Fail();
        }

        if (isInheriting)
        {
            _ = Type();
        }

        if (traits is not null)
        {
            traits.HasNoResult = true;
        }

        return new TextNode(isConstructor ? scope.BaseName : $"~{scope.BaseName}");
    }

    private Node OperatorName(NameTraits? traits)
    {
        if (Take('c', 'v'))
        {
            return ConversionOperator(traits);
        }

        if (Take('l', 'i'))
        {
            return new SequenceNode("operator\"\" ", SourceName());
        }

        if (Peek() == 'v' && char.IsAsciiDigit(Peek(1)))
        {
            Next();
            Next();
            return new SequenceNode("operator ", SourceName());
        }

        var code = string.Create(CultureInfo.InvariantCulture, $"{Next()}{Next()}");
        return Operators.Find(code) is { IsName: true } found
            ? new TextNode(char.IsAsciiLetter(found.Text[0]) ? $"operator {found.Text}" : $"operator{found.Text}")
            : Fault();
    }

    // Its type may name template arguments that follow it, and arguments after it are the operator's, not the type's.
    private SequenceNode ConversionOperator(NameTraits? traits)
    {
        var (allowed, conversion) = (isForwardAllowed, isConversion);
        (isForwardAllowed, isConversion) = (allowed || traits is not null, true);
        var type = Type();
        (isForwardAllowed, isConversion) = (allowed, conversion);
        if (traits is not null)
        {
            traits.HasNoResult = true;
        }

        return new SequenceNode("operator ", type);
    }

    // After the Ul. Its own template parameters are a level more, of which those of plain auto are not declared.
    private SequenceNode Lambda()
    {
        lambdas++;
        var declared = new List<Node>();
        templateLevels.Add(declared);
        var declarations = new List<Node>();
        while (Peek() == 'T' && Peek(1) is 'y' or 'n' or 't' or 'p')
        {
            declarations.Add(ParameterDeclaration(declared));
        }

        var parameters = new List<Node>();
        if (Take('v'))
        {
            Expect('E');
        }
        else
        {
            while (More('E'))
            {
                parameters.Add(Type());
            }
        }

        templateLevels.RemoveAt(templateLevels.Count - 1);
        lambdas--;
        var name = $"'lambda{Count()}'";
        return declarations.Count == 0
            ? new SequenceNode(name, "(", parameters, ")")
            : new SequenceNode(name, "<", declarations, ">(", parameters, ")");
    }

    private Node ParameterDeclaration(List<Node> declared) => Ascend(Descend() ? ReadParameterDeclaration(declared) : Fault());

    private SequenceNode ReadParameterDeclaration(List<Node> declared)
    {
        Next();
        switch (Next())
        {
            case 'y':
                return new SequenceNode("typename ", Declare("$T", declared));
            case 'n':
                var type = Type();
                return new SequenceNode(type, " ", Declare("$N", declared));
            case 't':
                var inner = new List<Node>();
                var parameters = new List<Node>();
                while (More('E'))
                {
                    parameters.Add(ParameterDeclaration(inner));
                }

                return new SequenceNode("template<", parameters, "> typename ", Declare("$TT", declared));
            default:
                return new SequenceNode(ParameterDeclaration(declared), "...");
        }
    }

    private static TextNode Declare(string kind, List<Node> declared)
    {
        var node = new TextNode(declared.Count == 0 ? kind : string.Create(CultureInfo.InvariantCulture, $"{kind}{declared.Count - 1}"));
        declared.Add(node);
        return node;
    }
}
