using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A text made of literals and of values that are known later.</summary>
public sealed class ReferenceExpression : IValueProvider, IManifestExpressionProvider, IValueWithReferences
{
    private readonly object[] parts;

    private ReferenceExpression(object[] parts) => this.parts = parts;

    /// <summary>The text as the manifest writes it.</summary>
    public string ValueExpression =>
        string.Concat(parts.Select(part => part is IManifestExpressionProvider provider ? provider.ValueExpression : (string)part));

    IEnumerable<object> IValueWithReferences.References => parts.Where(part => part is not string);

    /// <summary>Makes an expression of an interpolated string.</summary>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => new(handler.Parts);

    /// <summary>The text with every value in its place.</summary>
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part is IValueProvider provider ? await provider.GetValueAsync(cancellationToken) : (string)part);
        }

        return text.ToString();
    }

    /// <summary>Collects the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct ExpressionInterpolatedStringHandler
    {
        private readonly List<object> parts;

        /// <summary>Called by the compiler.</summary>
        public ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
        {
            _ = literalLength;
            parts = new(2 * formattedCount + 1);
        }

        internal object[] Parts => [.. parts];

        /// <summary>Adds a literal.</summary>
        public void AppendLiteral(string value) => parts.Add(value);

        /// <summary>Adds a text that is known now.</summary>
        public void AppendFormatted(string? value) => parts.Add(value ?? "");

        /// <summary>Adds a value that is known later.</summary>
        public void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => parts.Add(valueProvider);
    }
}
