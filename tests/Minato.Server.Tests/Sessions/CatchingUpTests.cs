using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

/// <summary>A direct room reaches somebody who asked for none of it: nothing that was said in it since then is missed, however late its live side is loaded.</summary>
public sealed class CatchingUpTests : IAsyncDisposable
{
    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_terminal_is_told_what_was_said_before_the_room_was_loaded()
    {
        using var bob = await _host.TerminalAsync("bob");
        await SayBeforeItIsLoadedAsync("bob");
        await bob.ExpectAsync("<ann> first words");
    }

    [Fact]
    public async Task So_is_an_IRC_client()
    {
        using var bob = await _host.IrcAsync("bob");
        await SayBeforeItIsLoadedAsync("bob");
        await bob.Raw.ExpectAsync("PRIVMSG bob :first words");
    }

    [Fact]
    public async Task Who_could_not_catch_up_because_the_store_was_away_can_listen_again()
    {
        using var bob = await _host.TerminalAsync("bob");
        var wasAway = false;
        _host.Store.BeforeEvents = () => wasAway ? Task.CompletedTask : throw Away();
        var ann = await SayBeforeItIsLoadedAsync("bob");
        await ann.AskAsync(new { op = "nick", cid = "n", nick = "anna" }, "n"); // a turn later
        Assert.True(wasAway);
        await bob.SendAsync("/msg anna hello\r\n");
        await bob.ExpectAsync("<bob> hello");

        StoreAwayException Away()
        {
            wasAway = true;
            return new StoreAwayException("away");
        }
    }

    private async Task<WsClient> SayBeforeItIsLoadedAsync(string nick)
    {
        var ann = await _host.PersonAsync("ann");
        var you = (await _host.Store.FindUserAsync("ann", CancellationToken.None))!;
        var said = false;
        // Committed past the writer, and so published by nobody: as if the publisher were that much behind.
        _host.Store.BeforeHead = async room =>
        {
            if (said)
                return;
            said = true;
            Assert.IsType<Logged>(Assert.Single(await _host.Store.CommitAsync([new Post(you, null, room, Make.Body("first words"))], CancellationToken.None)));
        };
        await ann.AskAsync(new { op = "direct", cid = "d", user = nick }, "d");
        return ann;
    }
}
