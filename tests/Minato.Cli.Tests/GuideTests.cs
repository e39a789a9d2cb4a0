using System.Diagnostics;
using System.Text.RegularExpressions;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>What a guide tells its readers to type, typed.</summary>
public sealed partial class GuideTests : IDisposable
{
    /// <summary>A network of its own, where every port is free, and an end for all that was started.</summary>
    private static readonly string[] Apart = ["unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"];

    /// <summary>What a reader's shell does not need: to stop at the first trouble, and PostgreSQL's own user where this one is root.</summary>
    private const string Before = """
        set -eu -o pipefail
        [ "$$" != 1 ] || ip link set lo up
        if [ "$(id -u)" = 0 ]; then
          as_postgres() { chown postgres .; setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
          initdb() { as_postgres initdb "$@"; }
          pg_ctl() { as_postgres pg_ctl "$@"; }
        fi
        trap 'jobs -p | xargs -r kill; if [ -d db ]; then pg_ctl -D db -m immediate stop; fi' EXIT

        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task From_nothing_to_three_nodes_and_back()
    {
        Need.Program("curl");
        Need.Program("nc");
        Need.That(File.Exists(HaProxy.Program), "haproxy is not installed");
        Need.That(Directory.Exists("/usr/lib/postgresql"), "PostgreSQL is not installed");
        var script = Before + string.Join('\n', Blocks("docs/guides/cluster.md")) + "\ntrap - EXIT\n";
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_001_001);

        var (code, stdout, stderr) = await RunAsync(script);
        Assert.True(code == 0, $"Exit code {code}.\n{stdout}\n{stderr}");
        void Said(int times, string text) =>
            Assert.True(stdout.Split('\n').Count(l => l.Contains(text, StringComparison.Ordinal)) == times, $"Not {times} times \"{text}\":\n{stdout}\n{stderr}");
        Said(9, "ready"); // three at first, the balancer, two that come back, and three that are newer
        Said(3, "\"body\":\"hello from a terminal\"");
        Said(1, "> still here");
        Assert.Empty(Directory.GetDirectories(_folder.Path));
    }

    private static IEnumerable<string> Blocks(string page) =>
        Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))).Select(m => m.Groups["commands"].Value);

    private async Task<(int Code, string Stdout, string Stderr)> RunAsync(string script)
    {
        string[] shell = ["env", $"TMPDIR={_folder.Path}", "bash", "-c", script];
        string[] command = await CanBeApartAsync() ? [.. Apart, .. shell] : shell;
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var stdout = process.StandardOutput.ReadToEndAsync();
            var stderr = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().Within("the guide's last line", TimeSpan.FromMinutes(3));
            return (process.ExitCode, await stdout, await stderr);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>It takes root; elsewhere the guide's ports have to be free.</summary>
    private static async Task<bool> CanBeApartAsync()
    {
        using var process = Process.Start(new ProcessStartInfo(Apart[0], [.. Apart[1..], "true"]) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }

    [GeneratedRegex("^```sh\n(?<commands>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Block();
}
