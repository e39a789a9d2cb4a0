using Minato.Core.Commands;

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

    private async Task SayBeforeItIsLoadedAsync(string nick)
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
    }
}
