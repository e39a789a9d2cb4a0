using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>What a server says when it starts, to people and to the program that started it.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_line_says_where_and_the_port_accepts_by_then()
    {
        await using var server = MinatoProcess.Launch(["127.0.0.1:0", "--data", _folder["data"]]);
        var line = await server.FirstLineAsync();
        Assert.Matches(@"^Listening on: 127\.0\.0\.1:[1-9][0-9]*$", line);
        using var client = await RawClient.ConnectAsync(int.Parse(line[(line.LastIndexOf(':') + 1)..]));
        await client.SendAsync("hello\n");
        Assert.Matches("^#lobby <guest-[0-9a-f]{6}> hello$", await client.ReadLineAsync());
    }

    [Fact]
    public async Task Ready_json_is_one_line_with_the_real_port_and_pid()
    {
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"], "--ready-json");
        var ready = JsonDocument.Parse(await server.FirstLineAsync()).RootElement;
        Assert.Equal(["v", "ready", "url", "address", "port", "pid"], ready.EnumerateObject().Select(p => p.Name));
        Assert.Equal(1, ready.GetProperty("v").GetInt32());
        Assert.True(ready.GetProperty("ready").GetBoolean());
        Assert.Equal($"http://127.0.0.1:{ready.GetProperty("port").GetInt32()}", ready.GetProperty("url").GetString());
        Assert.Equal("127.0.0.1", ready.GetProperty("address").GetString());
        Assert.Equal(server.Pid, ready.GetProperty("pid").GetInt32());
        using var client = await RawClient.ConnectAsync(ready.GetProperty("port").GetInt32());
    }

    [Fact]
    public async Task A_port_in_use_is_told_with_its_holder_and_exit_code_3()
    {
        await using var holder = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["a"]);
        await using var second = MinatoProcess.Launch([$"127.0.0.1:{holder.Port}", "--data", _folder["b"], "--ready-json"]);
        await second.EndsWithAsync(3);
        var failure = JsonDocument.Parse(second.Stdout).RootElement;
        Assert.False(failure.GetProperty("ready").GetBoolean());
        var error = failure.GetProperty("error");
        Assert.Equal("port_in_use", error.GetProperty("code").GetString());
        Assert.Equal(holder.Port, error.GetProperty("port").GetInt32());
        Assert.Equal(holder.Pid, error.GetProperty("pid").GetInt32());
        Assert.Contains("minato", error.GetProperty("message").GetString());
        Assert.Contains($"{holder.Pid}", second.Stderr);
        Assert.Contains("minato: ", second.Stderr);
    }

    [Fact]
    public async Task Data_that_is_served_already_names_the_server_and_exits_4_without_taking_a_port()
    {
        await using var first = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"]);
        var (code, stdout, stderr) = await MinatoProcess.RunAsync("127.0.0.1:0", "--data", _folder["data"]);
        Assert.Equal(4, code);
        Assert.Equal($"minato: Minato already serves this data at {first.Url} (pid {first.Pid}).\n", stderr);
        Assert.Empty(stdout);
        var json = await MinatoProcess.RunAsync("127.0.0.1:0", "--data", _folder["data"], "--ready-json");
        var error = JsonDocument.Parse(json.Stdout).RootElement.GetProperty("error");
        Assert.Equal("data_in_use", error.GetProperty("code").GetString());
        Assert.Equal(first.Url, error.GetProperty("url").GetString());
        Assert.Equal(first.Pid, error.GetProperty("pid").GetInt32());
    }

    [Theory]
    [InlineData("nowhere:8080:1")]
    [InlineData("127.0.0.1:70000")]
    [InlineData("127.0.0.1:0", "--no-such-flag")]
    [InlineData("127.0.0.1:0", "--access", "everybody")]
    [InlineData("127.0.0.1:0", "--memory", "--data", "/tmp/x")]
    [InlineData("127.0.0.1:0", "127.0.0.1:0")]
    [InlineData("--exit-with-parent=0", "127.0.0.1:0")]
    [InlineData("--exit-with-parent=me", "127.0.0.1:0")]
    [InlineData("backup")]
    public async Task Wrong_usage_exits_2_with_a_sentence_and_nothing_on_stdout(params string[] arguments)
    {
        var (code, stdout, stderr) = await MinatoProcess.RunAsync(arguments);
        Assert.Equal(2, code);
        Assert.Empty(stdout);
        Assert.StartsWith("minato: ", stderr, StringComparison.Ordinal);
        Assert.Contains("--help", stderr);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_alone_and_exits_5()
    {
        Directory.CreateDirectory(_folder["data"]);
        var rubbish = Enumerable.Repeat((byte)'x', 8192).ToArray();
        await File.WriteAllBytesAsync(_folder["data/minato.db"], rubbish);
        var (code, stdout, stderr) = await MinatoProcess.RunAsync("127.0.0.1:0", "--data", _folder["data"], "--ready-json");
        Assert.Equal(5, code);
        Assert.Equal("database", JsonDocument.Parse(stdout).RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("minato.db", stderr);
        Assert.Equal(rubbish, await File.ReadAllBytesAsync(_folder["data/minato.db"]));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_with_exit_5()
    {
        await using (var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"]))
        {
            server.Terminate();
            await server.EndsWithAsync(0);
        }
        // The user_version of the schema, a big-endian number at offset 60 of the file's header (sqlite.org/fileformat.html#user_version_number).
        using (var file = new FileStream(_folder["data/minato.db"], FileMode.Open))
        {
            file.Position = 60;
            file.Write([0, 0, 0x27, 0x0F]);
        }
        var (code, _, stderr) = await MinatoProcess.RunAsync("127.0.0.1:0", "--data", _folder["data"]);
        Assert.Equal(5, code);
        Assert.Contains("newer", stderr);
    }

    [Fact]
    public async Task The_ready_file_is_private_and_holds_the_launch_token_that_nothing_else_shows()
    {
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"], "--access", "token", "--ready-file", _folder["ready.json"], "--ready-json");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["ready.json"]));
        var ready = JsonDocument.Parse(await File.ReadAllTextAsync(_folder["ready.json"])).RootElement;
        var token = ready.GetProperty("token").GetString()!;
        Assert.Equal(server.Url, ready.GetProperty("url").GetString());
        Assert.Equal(64, token.Length);
        Assert.Equal(["data", "ready.json"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());

        using var stranger = await WsClient.ConnectAsync(server.Url);
        await stranger.SendAsync(new { op = "hello", ver = 1 });
        Assert.Equal("login_required", (await stranger.NextAsync("error")).GetProperty("code").GetString());
        Assert.Equal(4003, await stranger.ClosedAsync());
        using var host = await WsClient.ConnectAsync(server.Url);
        await host.HelloAsync(token: token);
        await host.PostedAsync("c1", "a body that nobody else should see");

        foreach (var text in new[] { server.Stdout, server.Stderr, await File.ReadAllTextAsync($"/proc/{server.Pid}/cmdline") })
        {
            Assert.DoesNotContain(token, text);
            Assert.DoesNotContain(host.Session!, text);
            Assert.DoesNotContain("a body that", text);
        }
        Assert.DoesNotContain(token, await File.ReadAllTextAsync(_folder["data/server.json"]));
    }

    [Fact]
    public async Task A_ready_file_left_by_somebody_else_does_not_keep_its_rights()
    {
        // A shared folder: another user made the file under which ours will be written, readable by all.
        await using var server = MinatoProcess.Launch(["127.0.0.1:0", "--memory", "--access", "token", "--ready-file", _folder["ready.json"]]);
        await File.WriteAllTextAsync(_folder[$"ready.json.{server.Pid}.partial"], "");
        File.SetUnixFileMode(_folder[$"ready.json.{server.Pid}.partial"], (UnixFileMode)0b110_110_110);
        await server.FirstLineAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["ready.json"]));
    }

    [Fact]
    public async Task A_host_gives_its_own_token_in_the_environment_and_children_would_not_see_it()
    {
        await using var server = await MinatoProcess.Launch(
            ["127.0.0.1:0", "--memory", "--access", "token"], start => start.Environment["MINATO_TOKEN"] = "opensesame-0123456789").ReadyAsync();
        using var host = await WsClient.ConnectAsync(server.Url);
        await host.HelloAsync(token: "opensesame-0123456789");
        Assert.DoesNotContain("opensesame", server.Stdout + server.Stderr);
    }

    [Fact]
    public async Task Each_new_connection_is_logged_with_its_peer()
    {
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--memory");
        using var client = await RawClient.ConnectAsync(server.Port);
        await server.ErrorLineAsync($"Peer address: 127.0.0.1:{client.LocalEndPoint.Port}");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("serve", "--help")]
    [InlineData("backup", "--help")]
    public async Task Every_command_explains_itself(params string[] arguments)
    {
        var (code, stdout, stderr) = await MinatoProcess.RunAsync(arguments);
        Assert.Equal(0, code);
        Assert.Empty(stderr);
        Assert.Contains("--data", stdout);
        Assert.DoesNotContain("exit-with-parent-pid", stdout);
    }
}
