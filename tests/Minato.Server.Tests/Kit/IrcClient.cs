using System.Text.RegularExpressions;
using Minato.Tests.Kit;

namespace Minato.Server.Tests;

/// <summary>An IRC client by hand. What was done is told to everybody when its PING is answered: nothing is waited for by the clock.</summary>
internal sealed partial class IrcClient(RawClient client, string nick) : IDisposable
{
    private int _pings;

    public RawClient Raw => client;

    public string Nick => nick;

    /// <summary>Registered, and past its welcome.</summary>
    /// <param name="caps">Asked for, with spaces between.</param>
    public static async Task<IrcClient> RegisterAsync(RawClient raw, string nick, string caps = "")
    {
        var client = new IrcClient(raw, nick);
        if (caps.Length > 0)
            await client.SendAsync("CAP LS 302", $"CAP REQ :{caps}");
        await client.SendAsync($"NICK {nick}", $"USER {nick} 0 * :{nick} Realname");
        if (caps.Length > 0)
            await client.SendAsync("CAP END");
        await client.SeeAsync();
        return client;
    }

    public Task SendAsync(params string[] lines) => client.SendAsync(string.Concat(lines.Select(l => l + "\r\n")));

    /// <summary>What these lines are answered with, and whatever else came meanwhile.</summary>
    public async Task<List<string>> DoAsync(params string[] lines)
    {
        await SendAsync(lines);
        return await SeeAsync();
    }

    /// <summary>What came since the last look, without the server's own times.</summary>
    public async Task<List<string>> SeeAsync()
    {
        var mark = $"mark-{++_pings}";
        await SendAsync($"PING {mark}");
        var seen = new List<string>();
        while (await client.ReadLineAsync($"what {nick} sees up to {mark} (so far: {string.Join(" | ", seen)})") is { } line)
        {
            if (line.EndsWith($"PONG irc.minato :{mark}", StringComparison.Ordinal))
                return seen;
            seen.Add(Plain(line));
        }
        return seen;
    }

    /// <summary>The only line that there is.</summary>
    public async Task<string> SeeOneAsync() => Assert.Single(await SeeAsync());

    public void Dispose() => client.Dispose();

    /// <summary>Without what is another each time: times, hosts, rooms' ids.</summary>
    public static string Plain(string line) => Ids().Replace(Hosts().Replace(Times().Replace(line, "T"), "@host"), "ID-");

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", RegexOptions.None, 1000)]
    private static partial Regex Times();

    [GeneratedRegex(@"@[0-9a-f]{8}\.irc\.minato", RegexOptions.None, 1000)]
    private static partial Regex Hosts();

    [GeneratedRegex("[0-9a-f]{32}-", RegexOptions.None, 1000)]
    private static partial Regex Ids();
}
