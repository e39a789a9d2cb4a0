using System.Text.RegularExpressions;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>A server for everybody around, in a network that is this test's alone: one interface, 198.51.100.7.</summary>
public sealed partial class LanTests : IDisposable
{
    private const string Network =
        "ip link set lo up && ip link add lan0 type veth peer name far0 && ip addr add 198.51.100.7/24 dev lan0 && ip link set far0 up && ip link set lan0 up && exec \"$@\"";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_says_where_others_find_it_and_serves_there()
    {
        await using var server = InNetwork(Repository.Executable, "--lan", "--memory", "--access", "guests");
        await Patience.Until(() => server.Stdout.Contains("On this network: http://198.51.100.7:8080 (lan0)\n", StringComparison.Ordinal), "the address is said");
        await Patience.Until(() => server.Stdout.Contains("WARNING: everybody who reaches this address", StringComparison.Ordinal), "the warning");
        var talk = await Tool.RunAsync("nsenter", "hello\n", $"--net=/proc/{server.Pid}/ns/net", "nc", "-N", "198.51.100.7", "8080");
        Assert.Matches("^#lobby <guest-[0-9a-f]{6}> hello\n$", talk.Stdout);
    }

    [Fact]
    public async Task A_terminal_shows_a_code_that_a_camera_reads_and_a_program_is_spared_it()
    {
        await using (var piped = InNetwork(Repository.Executable, "--lan", "0", "--memory"))
        {
            await Patience.Until(() => piped.Stdout.Contains("Nothing is kept", StringComparison.Ordinal), "all is said");
            Assert.DoesNotContain('█', piped.Stdout);
        }
        await using var shown = InNetwork("script", "--quiet", "--command", $"{Repository.Executable} --lan 0 --memory", "/dev/null");
        await Patience.Until(() => shown.Stdout.Contains("Nothing is kept", StringComparison.Ordinal), "all is said");
        var url = Url().Match(shown.Stdout).Value;
        // What its owner hands on leads others to the same place.
        Assert.Contains($"{url}/#invite=", shown.Stdout);
        File.WriteAllText(_folder["code.pbm"], Picture(shown.Stdout));
        Assert.Equal($"QR-Code:{url}\n", (await Tool.RunAsync("zbarimg", "", "--quiet", _folder["code.pbm"])).Stdout);
    }

    [Fact]
    public async Task A_port_that_is_taken_gives_way_to_a_free_one_that_is_remembered()
    {
        string first;
        await using (var crowded = InNetwork("sh", "-c", "nc -lk 8080 & until ss -ltn | grep -q :8080; do :; done; exec \"$0\" --lan --data \"$1\"", Repository.Executable, _folder["data"]))
        {
            first = await crowded.FirstLineAsync();
            await Patience.Until(() => crowded.Stdout.Contains("Port 8080 was in use", StringComparison.Ordinal), "it says why");
        }
        Assert.Matches("^Listening on: 0\\.0\\.0\\.0:(?!8080$)", first);
        await using var alone = InNetwork(Repository.Executable, "--lan", "--data", _folder["data"]);
        Assert.Equal(first, await alone.FirstLineAsync());
    }

    [Theory]
    [InlineData("127.0.0.1:0")]
    [InlineData("localhost:0")]
    [InlineData("[::]:0")]
    public async Task An_address_beside_it_is_refused(string address)
    {
        var (code, _, stderr) = await MinatoProcess.RunAsync("--lan", address, "--memory");
        Assert.Equal(2, code);
        Assert.Contains("name a port only", stderr);
    }

    private static MinatoProcess InNetwork(params string[] command)
    {
        Need.That(Environment.UserName == "root", "only root can make a network of its own without more ado");
        return MinatoProcess.Through("unshare", ["--net", "sh", "-c", Network, "sh", .. command]);
    }

    /// <summary>What stands on the screen, black on white, as a picture of six dots a module.</summary>
    private static string Picture(string screen)
    {
        var rows = Row().Matches(screen).Select(m => m.Groups["row"].Value).SelectMany(r => new[] { r.Select(c => c is '█' or '▀'), r.Select(c => c is '█' or '▄') }).Select(r => r.ToList()).ToList();
        var lines = rows.SelectMany(r => Enumerable.Repeat(string.Concat(r.SelectMany(dark => Enumerable.Repeat(dark ? '1' : '0', 6))), 6));
        return $"P1\n{rows[0].Count * 6} {rows.Count * 6}\n{string.Join('\n', lines)}\n";
    }

    [GeneratedRegex(@"http://198\.51\.100\.7:\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Url();

    [GeneratedRegex("\u001b\\[30;107m(?<row>.*)\u001b\\[0m", RegexOptions.NonBacktracking)]
    private static partial Regex Row();
}
