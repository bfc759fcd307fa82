namespace Aspire.Dashboard.Configuration;

/// <summary>The dashboard cannot start; the message tells the user what to change.</summary>
internal sealed class DashboardStartException(string message, Exception? cause = null) : Exception(message, cause);
