using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary><c>minato run -- COMMAND</c> as developers use it.</summary>
public sealed class RunCommandTests
{
    [Theory]
    [InlineData("import http.server, sys; http.server.test(http.server.SimpleHTTPRequestHandler, port=int(sys.argv[1]), bind='127.0.0.1')", "{port}")]
    [InlineData("import http.server, os; http.server.test(http.server.SimpleHTTPRequestHandler, port=int(os.environ['PORT']), bind='127.0.0.1')")]
    [InlineData("import http.server, socket, sys; s = http.server.HTTPServer(('', 0), http.server.SimpleHTTPRequestHandler, False); s.socket = socket.socket(fileno=int(sys.argv[1])); s.serve_forever()", "{fd}")]
    public async Task A_command_serves_at_the_URL_that_is_said_on_stderr(string script, params string[] arguments)
    {
        await using var run = MinatoProcess.Launch(["run", "--json", "--", "python3", "-c", script, .. arguments]);
        var ready = JsonDocument.Parse(await run.ErrorLineAsync("{\"v\"")).RootElement;
        using var http = new HttpClient();
        Assert.Contains("Directory listing", await http.GetStringAsync(ready.GetProperty("url").GetString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_commands_input_and_output_are_its_own_and_braces_may_be_meant()
    {
        await using var run = MinatoProcess.Launch(["run", "--ready", "none", "--", "sh", "-c", "read line; echo \"got $line {{port}}\"; echo oops >&2"]);
        await run.TypeAsync("日本語\n");
        Assert.Equal(0, await run.WaitExitAsync());
        Assert.Equal("got 日本語 {port}\n", run.Stdout);
        Assert.Contains("oops\n", run.Stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, null, "true")]
    [InlineData(7, "minato: \"sh\" ended with code 7 before it was ready.", "sh", "-c", "exit 7")]
    [InlineData(137, "minato: \"sh\" ended by signal 9 before it was ready.", "sh", "-c", "kill -9 $$")]
    [InlineData(126, "is a folder, not a program", "/etc")]
    [InlineData(127, "minato: The command \"no-such-command\" was not found in PATH.", "no-such-command")]
    public async Task It_ends_as_the_command_does_or_as_shells_say_it(int expected, string? sentence, params string[] command)
    {
        var (code, _, stderr) = await MinatoProcess.RunAsync(["run", "--", .. command]);
        Assert.Equal(expected, code);
        Assert.Contains(sentence ?? "", stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_ready_in_time_is_124_and_leaves_nothing_running()
    {
        var (code, stdout, stderr) = await MinatoProcess.RunAsync("run", "--timeout", "500ms", "--", "sh", "-c", "echo $$; sleep 1000 & echo $!; wait");
        Assert.Equal(124, code);
        Assert.Contains("minato: \"sh\" was not ready within 0.5 s.", stderr, StringComparison.Ordinal);
        Assert.All(stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries), pid => Assert.False(Directory.Exists($"/proc/{pid}") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ")));
    }

    [Fact]
    public async Task Signals_are_the_commands_to_answer()
    {
        await using var run = MinatoProcess.Launch(["run", "--ready", "line:^set$", "--", "sh", "-c", "trap 'echo hello; exit 9' TERM; echo set; while :; do sleep 0.05; done"]);
        Assert.Equal("set", await run.FirstLineAsync());
        run.Terminate();
        Assert.Equal(9, await run.WaitExitAsync());
        Assert.Equal("set\nhello\n", run.Stdout);
    }

    [Fact]
    public async Task A_command_that_listens_elsewhere_has_its_port_named()
    {
        var (code, _, stderr) = await MinatoProcess.RunAsync(
            "run", "--timeout", "4s", "--", "python3", "-c", "import socket, time; s = socket.create_server(('127.0.0.1', 0)); time.sleep(60)");
        Assert.Equal(124, code);
        Assert.Matches(@"""python3"" listens on 127\.0\.0\.1:\d+, not on 127\.0\.0\.1:\d+\.", stderr);
    }

    [Fact]
    public async Task Who_fails_is_started_again_until_that_is_enough()
    {
        var (code, stdout, stderr) = await MinatoProcess.RunAsync("run", "--restart", "on-failure", "--ready", "none", "--", "sh", "-c", "echo tried; exit 5");
        Assert.Equal((5, 6), (code, stdout.Split("tried").Length - 1));
        Assert.Equal(5, stderr.Split("minato: \"sh\" ended with code 5; it is started again in ").Length - 1);
        Assert.Contains("was started again 5 times within 60 s, and ended with code 5 in the end: it is given up.", stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_asked_to_end_is_not_started_again()
    {
        await using var run = MinatoProcess.Launch(["run", "--restart", "on-failure", "--owner", "any", "--ready", "line:^up$", "--", "sh", "-c", "echo up; exec sleep 1000"]);
        await run.ErrorLineAsync("serves at");
        run.Terminate();
        Assert.Equal(143, await run.WaitExitAsync());
        Assert.Equal("up\n", run.Stdout);
    }

    [Fact]
    public async Task Who_was_asked_to_end_ends_in_its_own_time_also_where_it_would_be_started_again()
    {
        await using var run = MinatoProcess.Launch(
            ["run", "--restart", "on-failure", "--owner", "any", "--ready", "line:^up$", "--", "sh", "-c", "trap 'trap \"\" TERM; echo asked; read line; echo \"bye $line\"; exit 6' TERM; echo up; while :; do sleep 0.05; done"]);
        await run.ErrorLineAsync("serves at");
        run.Terminate();
        await Patience.Until(() => run.Stdout.Contains("asked", StringComparison.Ordinal), "it was asked to end");
        await run.TypeAsync("everybody\n");
        Assert.Equal(6, await run.WaitExitAsync());
        Assert.Equal("up\nasked\nbye everybody\n", run.Stdout);
    }

    [Fact]
    public async Task Who_fails_after_a_signal_to_end_is_not_started_again()
    {
        await using var run = MinatoProcess.Launch(["run", "--restart", "on-failure", "--ready", "line:^tried$", "--owner", "any", "--", "sh", "-c", "trap '' TERM; echo tried; read line; exit 5"]);
        await run.ErrorLineAsync("serves at");
        run.Terminate();
        await run.TypeAsync("go\n");
        // Whether the signal was met before the end or in the pause after it.
        Assert.Equal(5, await run.WaitExitAsync());
        Assert.Equal("tried\n", run.Stdout);
    }

    [Fact]
    public async Task Where_its_reader_goes_away_a_command_ends_as_it_would_without_us()
    {
        await using var run = MinatoProcess.Through("sh", "-c", "{ \"$0\" run --ready 'line:^y$' -- yes; echo code $? >&2; } | head -1", Repository.Executable);
        await run.ErrorLineAsync("code 141");
    }

    [Fact]
    public async Task Without_anywhere_to_say_it_a_command_runs_all_the_same()
    {
        await using var run = MinatoProcess.Through("sh", "-c", "exec \"$0\" run --ready none -- sh -c 'exit 5' 2>&-", Repository.Executable);
        Assert.Equal(5, await run.WaitExitAsync());
    }

    [Theory]
    [InlineData("--restart", "always", "--restart always: it is no or on-failure.")]
    [InlineData("--ready", "soon", "\"soon\" is not a probe")]
    [InlineData("--owner", "me", "--owner me: it is ours or any.")]
    [InlineData("--hand-off", "luck", "--hand-off luck: it is inherit, report, hold or reserve.")]
    public async Task A_wrong_option_is_said_to_be_so(string option, string value, string sentence)
    {
        var (code, _, stderr) = await MinatoProcess.RunAsync("run", option, value, "--", "true");
        Assert.Equal(2, code);
        Assert.Contains(sentence, stderr, StringComparison.Ordinal);
    }
}
