using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using WasmAspire.Requester.Problems;

namespace WasmAspire.Requester.Submission;

/// <summary>Reads the parts of a multipart body one after another.</summary>
internal static class MultipartParts
{
    private const int MaxBoundary = 256;

    /// <summary>Whether the request's body has parts.</summary>
    public static bool Has(HttpRequest request) => request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Hands over each part.</summary>
    /// <param name="request">The request.</param>
    /// <param name="most">The most parts it may have.</param>
    /// <param name="take">Takes a part's name, empty where it has none, and its content.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InvalidSubmissionException">The body is no multipart body, is cut off, or has more parts.</exception>
    public static async Task ReadAsync(HttpRequest request, int most, Func<string, Stream, Task> take, CancellationToken cancellation)
    {
        var boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Boundary) : default;
        if (StringSegment.IsNullOrEmpty(boundary) || boundary.Length > MaxBoundary)
        {
            throw new InvalidSubmissionException(Problem.InvalidField("boundary", $"The Content-Type of a multipart body needs a boundary of at most {MaxBoundary} characters."));
        }

        try
        {
            var reader = new MultipartReader(boundary.Value!, request.Body);
            for (var parts = 1; await reader.ReadNextSectionAsync(cancellation) is { } section; parts++)
            {
                if (parts > most)
                {
                    throw new InvalidSubmissionException(Problem.InvalidMultipart($"It has more than {most} parts."));
                }

                await take(NameOf(section), section.Body);
            }
        }
        catch (InvalidDataException e)
        {
            throw new InvalidSubmissionException(Problem.InvalidMultipart(e.Message));
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new InvalidSubmissionException(Problem.InvalidMultipart("It ends before its closing boundary."));
        }
    }

    private static string NameOf(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            ? HeaderUtilities.RemoveQuotes(disposition.Name).ToString()
            : "";
}
