using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Aspire.Dashboard.Pages;

/// <summary>
/// What the compiler makes of <c>Html.Of($"…")</c>: literals as they are, values encoded. Only these types of values
/// are taken, so that nobody's ToString gets in unseen.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlInterpolation
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder markup;

    public HtmlInterpolation(int literalLength, int formattedCount) => markup = new(literalLength + (formattedCount * 16));

    public void AppendLiteral(string literal) => markup.Append(literal);

    public void AppendFormatted(string? text)
    {
        if (text is not null)
        {
            markup.Append(Encoder.Encode(text));
        }
    }

    public void AppendFormatted(long number) => markup.Append(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(Html html) => markup.Append(html.ToString());

    public string Finish() => markup.ToString();
}
