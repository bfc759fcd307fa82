using System.Globalization;

namespace WasmAspire.Wasm.Demangling.Itanium;

/// <content>Literals.</content>
internal sealed partial class ItaniumParser
{
    // After the L.
    private Node Literal()
    {
        if (Take('_', 'Z') || Take('Z'))
        {
            var function = Encoding();
            Expect('E');
            return function;
        }

        switch (Peek())
        {
            case 'b' when Peek(1) is '0' or '1' && Peek(2) == 'E':
                Next();
                var value = Next() == '1' ? "true" : "false";
                Next();
                return new TextNode(value);
            case 'D' when Take('D', 'n'):
                Take('0');
                Expect('E');
                return new TextNode("nullptr");
            case 'A':
                var type = Type();
                Expect('E');
                return new SequenceNode("\"<", type, ">\"");
            case 'U' when Take('U', 'l'):
                var lambda = Lambda();
                Expect('E');
                return new SequenceNode("[]", lambda, "{...}");
            case 'f' or 'd':
                return FloatingPoint(isDouble: Next() == 'd');
            default:
                return Integer();
        }
    }

    private Node Integer()
    {
        var letter = Peek();
        var type = Type();
        var value = $"{(Take('n') ? "-" : "")}{Digits()}";
        Expect('E');
        return letter switch
        {
            'i' => new TextNode(value),
            'j' => new TextNode($"{value}u"),
            'l' => new TextNode($"{value}l"),
            'm' => new TextNode($"{value}ul"),
            'x' => new TextNode($"{value}ll"),
            'y' => new TextNode($"{value}ull"),
            _ => new SequenceNode("(", type, ")", value),
        };
    }

    // Its bits in hexadecimal.
    private TextNode FloatingPoint(bool isDouble)
    {
        var digits = Bytes(isDouble ? 16 : 8);
        Expect('E');
        if (Failed || !ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
        {
            return Fault();
        }

        return new TextNode(isDouble
            ? BitConverter.UInt64BitsToDouble(bits).ToString("R", CultureInfo.InvariantCulture)
            : BitConverter.UInt32BitsToSingle((uint)bits).ToString("R", CultureInfo.InvariantCulture) + "f");
    }
}
