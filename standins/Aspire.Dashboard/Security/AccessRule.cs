namespace Aspire.Dashboard.Security;

/// <summary>Who may call an endpoint of the frontend. An endpoint that does not say is a <see cref="Page"/>.</summary>
internal enum AccessRule
{
    /// <summary>A signed-in browser; others are sent to the sign-in page and come back.</summary>
    Page,

    /// <summary>A script of a signed-in page; others get 401, which the script turns into a visit to the sign-in page.</summary>
    Fragment,

    /// <summary>Whoever shows the API key. The browser's cookie does not count.</summary>
    ApiKey,

    /// <summary>The sign-in page, and what it is made of.</summary>
    Anyone,
}
