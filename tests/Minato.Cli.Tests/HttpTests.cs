using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>HTTP as a user has it: curl, against the executable.</summary>
public sealed partial class HttpTests
{
    /// <summary>The lines of docs/protocols/http.md, as they stand.</summary>
    [Fact]
    public async Task The_session_with_curl_in_the_documents_works_as_it_stands()
    {
        Need.Program("curl");
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--memory");
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/protocols/http.md"));
        // Each answer on a line of its own; it comes without one.
        var answers = await ShellAsync(server.Url, $"set -e\ncurl() {{ command curl --fail-with-body \"$@\" && echo; }}\n{ShellBlock().Match(page).Groups["lines"].Value}");

        Assert.Equal(10, answers.Count);
        Assert.Equal(("build-41", 2), (answers[0].GetProperty("cid").GetString(), answers[0].GetProperty("seq").GetInt32()));
        Assert.Equal("build 41 is green", answers[1].GetProperty("messages")[0].GetProperty("body").GetString());
        Assert.Equal("build-bot", answers[2].GetProperty("message").GetProperty("from").GetProperty("nick").GetString());
        Assert.Equal(["react", "join", "pin"], answers[6].GetProperty("events").EnumerateArray().Select(e => e.GetProperty("type").GetString()));
        Assert.Equal("make-dev", answers[7].GetProperty("cid").GetString());
        Assert.Equal("topic-1", answers[8].GetProperty("cid").GetString());
        Assert.True(answers[9].TryGetProperty("results", out _));
        Assert.Equal(Codes(page).Order(), DescribedCodes(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src/Minato.Server/Http/Api/openapi.v1.json"))).Order());
    }

    [Fact]
    public async Task A_token_for_metrics_comes_in_the_environment()
    {
        Need.Program("curl");
        await using var server = await MinatoProcess.Launch(["127.0.0.1:0", "--memory", "--access", "token"], start => start.Environment["MINATO_METRICS_TOKEN"] = "measure").ReadyAsync();
        const string status = "curl -s -o /dev/null -w '%{http_code}\\n' -H 'Via: 1.1 proxy' $url/metrics";
        Assert.Equal([404, 200], (await ShellAsync(server.Url, $"{status}; {status} -H 'Authorization: Bearer measure'")).Select(s => s.GetInt32()));
    }

    private static async Task<List<JsonElement>> ShellAsync(string url, string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["url"] = url;
        start.Environment["no_proxy"] = "*";
        using var shell = Process.Start(start)!;
        var (errors, output) = (shell.StandardError.ReadToEndAsync(), await shell.StandardOutput.ReadToEndAsync().Within("the script"));
        await shell.WaitForExitAsync().Within("the script's end");
        Assert.True(shell.ExitCode == 0, $"The script ended with {shell.ExitCode}: {output} {await errors}");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    /// <summary>The codes in the table of refusals.</summary>
    private static IEnumerable<string> Codes(string page) =>
        RefusalRow().Matches(page[page.IndexOf("## Refusals", StringComparison.Ordinal)..]).SelectMany(row => Code().Matches(row.Groups["codes"].Value)).Select(c => c.Groups["code"].Value)
            .Where(c => c is not ("bad_frame" or "Allow" or "Host" or "Origin")).Distinct();

    private static IEnumerable<string> DescribedCodes(string description) =>
        JsonDocument.Parse(description).RootElement.GetProperty("components").GetProperty("schemas").GetProperty("Problem").GetProperty("properties").GetProperty("code").GetProperty("enum")
            .EnumerateArray().Select(c => c.GetString()!);

    [GeneratedRegex("```sh\n(?<lines>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"^\| \d{3} \| (?<codes>.*) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RefusalRow();

    [GeneratedRegex("`(?<code>[A-Za-z_]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
