namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value made of others, some of which may be resources.</summary>
internal interface IValueWithReferences
{
    IEnumerable<object> References { get; }
}
