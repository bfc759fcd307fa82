using System.Globalization;

namespace WasmAspire.Wasm.Demangling.Itanium;

/// <content>Names: nested, local, and special ones.</content>
internal sealed partial class ItaniumParser
{
    private static readonly TextNode Std = new("std");

    // The traits are those of an encoding's name; null for names of types.
    private Node Name(NameTraits? traits)
    {
        if (Take('N'))
        {
            return NestedName(traits);
        }

        if (Take('Z'))
        {
            return LocalName(traits);
        }

        Node name;
        if (Peek() == 'S' && Peek(1) != 't')
        {
            Next();
            name = Substitution();
            return Peek() == 'I' ? WithArguments(name, traits) : Fault();
        }

        var isStd = Take('S', 't');
        name = UnqualifiedName(traits, scope: null);
        name = isStd ? new NestedNode(Std, name) : name;
        return Peek() == 'I' ? WithArguments(Substitutable(name), traits) : name;
    }

    private TemplateNode WithArguments(Node name, NameTraits? traits)
    {
        Expect('I');
        if (traits is not null)
        {
            traits.HasArguments = true;
        }

        return new TemplateNode(name, TemplateArguments(areReferredTo: traits is not null));
    }

    // After the N.
    private Node NestedName(NameTraits? traits)
    {
        var qualifiers = Qualifiers() + ReferenceQualifier();
        if (traits is not null)
        {
            traits.Qualifiers = qualifiers;
        }

        Node? scope = null;
        var isNew = false;
        while (More('E'))
        {
            // The closure of a data member's initializer stands in the member.
            if (scope is not null && Take('M'))
            {
                continue;
            }

            (scope, isNew) = Component(scope, traits);
            if (isNew)
            {
                Substitutable(scope);
            }
        }

        // The whole is no prefix of anything: where it is a type, the type's reader adds it.
        if (scope is null || !isNew)
        {
            return Fault();
        }

        substitutions.RemoveAt(substitutions.Count - 1);
        return scope;
    }

    // One component more, and whether it can be substituted from here on.
    private (Node Scope, bool IsNew) Component(Node? scope, NameTraits? traits)
    {
        if (Peek() == 'I')
        {
            return scope is null or TemplateNode ? (Fault(), false) : (WithArguments(scope, traits), true);
        }

        if (traits is not null)
        {
            traits.HasArguments = false;
        }

        if (scope is null && Peek() == 'S')
        {
            Next();
            return (Take('t') ? Std : Substitution(), false);
        }

        if (scope is null && Take('T'))
        {
            return (TemplateParameter(), true);
        }

        if (scope is null && Peek() == 'D' && Peek(1) is 't' or 'T')
        {
            return (Decltype(), true);
        }

        // Only before its own constructor is a standard name written in full.
        var name = UnqualifiedName(traits, scope);
        scope = scope is StandardNode standard && traits is { HasNoResult: true } ? standard.Expanded : scope;
        return (scope is null ? name : new NestedNode(scope, name), true);
    }

    // After the Z: what is declared inside a function.
    private NestedNode LocalName(NameTraits? traits)
    {
        var function = Encoding();
        Expect('E');
        if (Take('s'))
        {
            Discriminator();
            return new NestedNode(function, new TextNode("string literal"));
        }

        // The closure of a default argument, which is counted from the last parameter.
        if (Take('d'))
        {
            OptionalNumber();
            return new NestedNode(function, Name(traits));
        }

        var entity = Name(traits);
        Discriminator();
        return new NestedNode(function, entity);
    }

    // Which of several things of the same name in a function: of no interest to a reader.
    private void Discriminator()
    {
        if (Take('_', '_'))
        {
            Number();
            Expect('_');
        }
        else if (Peek() == '_' && char.IsAsciiDigit(Peek(1)))
        {
            Next();
            Next();
        }
    }

    private string Qualifiers()
    {
        var isRestrict = Take('r');
        var isVolatile = Take('V');
        var isConst = Take('K');
        return $"{(isConst ? " const" : "")}{(isVolatile ? " volatile" : "")}{(isRestrict ? " restrict" : "")}";
    }

    private string ReferenceQualifier() => Take('R') ? " &" : Take('O') ? " &&" : "";

    private Node SpecialName()
    {
        var kind = string.Create(CultureInfo.InvariantCulture, $"{Next()}{Next()}");
        switch (kind)
        {
            case "Th" or "Tv":
                CallOffset(kind[1]);
                return new SequenceNode(kind == "Tv" ? "virtual thunk to " : "non-virtual thunk to ", Encoding());
            case "Tc":
                CallOffset(Next());
                CallOffset(Next());
                return new SequenceNode("covariant return thunk to ", Encoding());
            case "TC":
                return ConstructionTable();
            case "GV":
                return new SequenceNode("guard variable for ", Name(traits: null));
            case "GR":
                return ReferenceTemporary();
            case "GT" when Take('t') || Take('n'):
                return new SequenceNode("transaction clone for ", Encoding());
            case "TW":
                return new SequenceNode("thread-local wrapper routine for ", Name(traits: null));
            case "TH":
                return new SequenceNode("thread-local initialization routine for ", Name(traits: null));
            case "TA":
                return new SequenceNode("template parameter object for ", TemplateArgument());
            default:
                return TypeData(kind);
        }
    }

    private Node TypeData(string kind) => kind switch
    {
        "TV" => new SequenceNode("vtable for ", Type()),
        "TT" => new SequenceNode("VTT for ", Type()),
        "TI" => new SequenceNode("typeinfo for ", Type()),
        "TS" => new SequenceNode("typeinfo name for ", Type()),
        _ => Fault(),
    };

    private SequenceNode ConstructionTable()
    {
        var derived = Type();
        Number();
        Expect('_');
        return new SequenceNode("construction vtable for ", Type(), "-in-", derived);
    }

    private SequenceNode ReferenceTemporary()
    {
        var name = Name(traits: null);
        if (!AtEnd)
        {
            SequenceNumber();
        }

        return new SequenceNode("reference temporary for ", name);
    }

    // How far the thunk moves this: one number, or two for a virtual base.
    private void CallOffset(char kind)
    {
        if (kind is not ('h' or 'v'))
        {
            Fail();
        }

        for (var numbers = kind == 'v' ? 2 : 1; numbers > 0; numbers--)
        {
            Take('n');
            Number();
            Expect('_');
        }
    }
}
