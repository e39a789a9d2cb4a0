using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>IRC as people have it: irssi on a screen and WeeChat without one, beside a browser and a terminal.</summary>
public sealed class IrcClientsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Irssi_and_WeeChat_join_talk_read_what_was_said_and_come_back()
    {
        foreach (var program in new[] { "irssi", "weechat-headless", "tmux" })
            Need.Program(program);
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"], "--no-rate-limits");
        using var web = await WsClient.ConnectAsync(server.Url);
        await web.HelloAsync();
        await web.AskAsync(new { op = "nick", cid = "n", nick = "web" }, "n");
        await web.AskAsync(new { op = "create", cid = "c", slug = "dock", title = "Dock" }, "c");
        await web.PostedAsync("p1", "said before 港", "#dock");
        await using var weechat = new WeeChat(_folder["weechat"], server.Port);
        await using var irssi = new Irssi(_folder["irssi"], server.Port);

        await weechat.SeesAsync("dock", "has joined #dock");
        await irssi.SeesAsync("Welcome to Minato, ira");
        await irssi.TypeAsync("/join #dock");
        await irssi.SeesAsync("has joined #dock");
        await irssi.TypeAsync("from irssi 港");
        await weechat.SeesAsync("dock", "from irssi 港");
        await weechat.TypeAsync("dock", "from weechat");
        await irssi.SeesAsync("from weechat");
        await weechat.TypeAsync("dock", "/me waves");
        await irssi.SeesAsync("* wee waves");
        await weechat.TypeAsync("dock", "/topic unloading");
        await irssi.SeesAsync("unloading");
        await web.PostedAsync("p2", "from the page", "#dock");
        await irssi.SeesAsync("from the page");
        await weechat.SeesAsync("dock", "from the page");

        await weechat.TypeAsync("dock", "/quote HISTORY #dock 10");
        await weechat.SeesInServerAsync("said before 港");
        await irssi.TypeAsync("/quote HISTORY #dock 10");
        await irssi.TypeAsync("/window 1");
        await irssi.SeesAsync("<web> said before 港");
        await irssi.TypeAsync("/window 2");

        await weechat.TypeAsync("dock", "/reconnect m");
        await irssi.SeesAsync("has quit");
        await irssi.TypeAsync("are you back?");
        await weechat.SeesAsync("dock", "are you back?");
        EndTests.AssertNoTrouble(server);
    }

    /// <summary>One that is driven by a pipe, and writes down what it shows.</summary>
    private sealed class WeeChat : IAsyncDisposable
    {
        private readonly MinatoProcess _process;
        private readonly string _folder;

        public WeeChat(string folder, int port)
        {
            _folder = folder;
            _process = MinatoProcess.Through(
                "weechat-headless", "--dir", folder, "-r", $"/server add m 127.0.0.1/{port} -notls -nicks=wee", "-r", "/set logger.file.flush_delay 0",
                "-r", "/set irc.server.m.autojoin #dock", "-r", "/set irc.server.m.autoreconnect_delay 1", "-r", "/set irc.server.m.anti_flood_prio_high 0",
                "-r", "/connect m");
        }

        public async Task TypeAsync(string channel, string text)
        {
            var pipe = Path.Combine(_folder, $"weechat_fifo_{_process.Pid}");
            await Patience.Until(() => File.Exists(pipe), "WeeChat has its pipe");
            await File.WriteAllTextAsync(pipe, $"irc.m.#{channel} *{text}\n").Within("WeeChat to read its pipe");
        }

        public Task SeesAsync(string channel, string text) => SeesInFileAsync($"irc.m.#{channel}.weechatlog", text);

        public Task SeesInServerAsync(string text) => SeesInFileAsync("irc.server.m.weechatlog", text);

        public ValueTask DisposeAsync() => _process.DisposeAsync();

        private async Task SeesInFileAsync(string name, string text)
        {
            var file = Path.Combine(_folder, "logs", name);
            try
            {
                await Patience.Until(() => File.Exists(file) && File.ReadAllText(file).Contains(text, StringComparison.Ordinal), $"WeeChat shows \"{text}\"");
            }
            catch (TimeoutException e)
            {
                throw new TimeoutException($"{e.Message} It shows: {(File.Exists(file) ? await File.ReadAllTextAsync(file) : "nothing")}", e);
            }
        }
    }

    /// <summary>One on a screen of 60 lines that nobody looks at but the test.</summary>
    private sealed class Irssi(string folder, int port) : IAsyncDisposable
    {
        private readonly string _socket = $"{folder}.tmux";
        private bool _started;

        public async Task TypeAsync(string line)
        {
            await TmuxAsync("send-keys", "-t", "irssi", "-l", line);
            await TmuxAsync("send-keys", "-t", "irssi", "Enter");
        }

        public async Task SeesAsync(string text)
        {
            if (!_started)
                await TmuxAsync("-f", "/dev/null", "new-session", "-d", "-s", "irssi", "-x", "160", "-y", "60", $"LANG=C.UTF-8 irssi --home={folder} -c 127.0.0.1 -p {port} -n ira");
            _started = true;
            var screen = "";
            using var timeout = new CancellationTokenSource(Patience.Long);
            while (!screen.Contains(text, StringComparison.Ordinal))
            {
                if (timeout.IsCancellationRequested)
                    throw new TimeoutException($"irssi did not show \"{text}\". It shows: {screen}");
                screen = await TmuxAsync("capture-pane", "-p", "-t", "irssi");
            }
        }

        public async ValueTask DisposeAsync() => await TmuxAsync("kill-server");

        private async Task<string> TmuxAsync(params string[] arguments)
        {
            await using var tmux = MinatoProcess.Through("tmux", ["-u", "-S", _socket, .. arguments]);
            await tmux.WaitExitAsync();
            return tmux.Stdout;
        }
    }
}
