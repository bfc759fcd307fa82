namespace Aspire.Hosting.Orchestrator;

/// <summary>How a shell script is started as the leader of a session of its own.</summary>
internal static class SessionLeader
{
    private static readonly string[] Prefix = [.. NewSession(), .. Shell()];

    /// <summary>The program and its arguments that run a script.</summary>
    public static IReadOnlyList<string> Command(IReadOnlyList<string> script) => [.. Prefix, .. script];

    /// <summary>setsid(1) is part of util-linux; macOS has none, but Perl.</summary>
    private static string[] NewSession() => OperatingSystem.IsMacOS()
        ? ["/usr/bin/perl", "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV or die"]
        : ["setsid"];

    /// <summary>Bash where there is one: it hands on variables whose names are none in the shell, like <c>services__my-api__http__0</c>.</summary>
    private static string[] Shell() => File.Exists("/bin/bash") ? ["/bin/bash", "--posix"] : ["/bin/sh"];
}
