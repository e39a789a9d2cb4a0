using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Server.Log;
using Minato.Server.Rooms;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>Who comes and goes while a new name is on disk and still to be told: for a turn of the publisher's, and until it is read where another server gave it.</summary>
public sealed class RenameTurnTests : IAsyncDisposable
{
    private const string Cap = "draft/channel-rename";

    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Whoever_comes_by_a_name_that_is_still_to_be_told_is_in_the_channel_of_that_name()
    {
        using var alice = await InAsync("alice");
        using var bob = await _host.IrcAsync("bob", Cap);
        using var carl = await _host.IrcAsync("carl");
        var (before, between) = (new Holding(), new Holding());
        await HoldAsync(before);
        await alice.SendAsync("RENAME #a #b");
        await Patience.Until(async () => await _host.Store.FindRoomAsync("b", default) is not null, "the name is on disk");
        foreach (var client in new[] { bob, carl })
        {
            await client.SendAsync("JOIN #b");
            await UntilAsync(client, Standing.Member);
        }
        _host.Context.Log.Submit(between);
        await SettleAsync();
        // All of it is one turn: they are answered, and the new name is not yet told.
        before.Go.SetResult();
        await between.Reached.Task.Within("the answers");
        var both = new[] { (bob, carl), (carl, bob) };
        foreach (var (client, other) in both)
        {
            var joined = (await UpToNamesAsync(client)).FindAll(line => !IsOf(other, line));
            Assert.Equal($":{client.Nick}!~{client.Nick}@host JOIN #b", joined[0]);
            Assert.StartsWith($":irc.minato 353 {client.Nick} = #b :", joined[^2], StringComparison.Ordinal);
            Assert.Equal($":irc.minato 366 {client.Nick} #b :End of /NAMES list", joined[^1]);
        }
        between.Go.SetResult();
        await alice.DoAsync("PRIVMSG #b :said");
        foreach (var (client, other) in both)
            Assert.Equal([":alice!~alice@host PRIVMSG #b :said"], (await client.SeeAsync()).FindAll(line => !IsOf(other, line)));
    }

    [Fact]
    public async Task Whoever_goes_before_a_new_name_is_told_goes_from_the_channel_that_they_know()
    {
        using var alice = await InAsync("alice");
        using var bob = await InAsync("bob");
        await alice.SeeAsync();
        var before = new Holding();
        await HoldAsync(before);
        await alice.SendAsync("RENAME #a #b");
        await Patience.Until(async () => await _host.Store.FindRoomAsync("b", default) is not null, "the name is on disk");
        await bob.SendAsync("PART #a :bye");
        await UntilAsync(bob, Standing.Outsider);
        await SettleAsync();
        before.Go.SetResult();
        Assert.Equal([":bob!~bob@host PART #a :bye"], await bob.SeeAsync());
        Assert.Equal([":bob!~bob@host PART #a :bye", ":alice!~alice@host RENAME #a #b :"], (await alice.SeeAsync())[..2]);
    }

    private async Task<IrcClient> InAsync(string nick)
    {
        var client = await _host.IrcAsync(nick, Cap);
        await client.DoAsync("JOIN #a");
        return client;
    }

    /// <summary>Nothing that is committed from now on is told before this one goes on.</summary>
    private async Task HoldAsync(Holding holding)
    {
        _host.Context.Log.Submit(holding);
        await holding.Reached.Task.Within("the publisher");
    }

    /// <summary>What a client asked for is on disk.</summary>
    private async Task UntilAsync(IrcClient client, Standing standing)
    {
        var (room, user) = ((await _host.Store.FindRoomAsync("a", default))!, (await _host.Store.FindUserAsync(client.Nick, default))!);
        await Patience.Until(async () => await _host.Store.ReadStandingAsync(room.Id, user.Id, default) == standing, $"{client.Nick} is {standing}");
    }

    /// <summary>All that was submitted so far waits to be told: two later commits are on disk, and a batch is handed on before the next is committed.</summary>
    private async Task SettleAsync()
    {
        var alice = (await _host.Store.FindUserAsync("alice", default))!;
        foreach (var slug in new[] { "settled", "settled-too" })
        {
            _host.Context.Log.Submit(new Submission(new CreateRoom(alice, null, slug, slug), lane: null));
            await Patience.Until(async () => await _host.Store.FindRoomAsync(slug, default) is not null, $"{slug} is on disk");
        }
    }

    /// <summary>Somebody's own coming, which is told by whatever name the room goes when they come.</summary>
    private static bool IsOf(IrcClient client, string line) => line.StartsWith($":{client.Nick}!", StringComparison.Ordinal);

    private static async Task<List<string>> UpToNamesAsync(IrcClient client)
    {
        var lines = new List<string>();
        do
            lines.Add(IrcClient.Plain((await client.Raw.ReadLineAsync($"the names that {client.Nick} is told"))!));
        while (!lines[^1].Contains(" 366 ", StringComparison.Ordinal));
        return lines;
    }

    /// <summary>Something that is refused, and holds up the publisher when it would be answered.</summary>
    private sealed class Holding() : Submission(new SetTopic(Make.Alice, null, default, ""), lane: null)
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Go { get; } = new();

        internal override void Complete(Outcome outcome, Turn turn)
        {
            Reached.SetResult();
            Go.Task.Wait(Patience.Long);
        }
    }
}
