using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Whoever_deletes_their_account_leaves_every_room_and_a_name_that_is_nobody_s()
    {
        await Person("owner", ServerRole.Owner);
        var (ann, token, session) = (await Person("ann"), NewHash(), NewSession());
        var room = await NewRoom(ann, "dev");
        await Say(ann, room, "kept");
        await Commit<Nothing>(new MakeToken(ann, token, "bot", Scope.Write, null));
        await Commit<AccountChanged>(new StartSession(ann, "hash of ann", null, session));
        Assert.Equal(Refusal.WrongLogin, await Refused(new DeleteAccount(ann, "another hash")));

        var gone = await Commit<AccountChanged>(new DeleteAccount(ann, "hash of ann"));
        Assert.True(gone.Ending.Ends(null));
        Assert.Contains(gone.Events, e => e.Event is Left && e.Room.Id == room.Id);
        // By themselves, and not by the operator.
        Assert.Equal(("deleted", gone.User.Nick), Assert.Single(await Accounts.ReadAuditAsync(null, 1, default)) is var note ? (note.Act, note.By?.Nick) : default);
        await ReopenAsync();
        Assert.Equal((null, null), (await HolderOf(session.Hash), await HolderOf(token)));
        Assert.Null(await Accounts.FindAccountAsync("ann", default));
        var message = (await History(room, null)).Messages[^1];
        Assert.StartsWith("deleted-", message.From.Nick);
        Assert.Equal((ann.Id, "kept"), (message.From.Id, message.Body?.ToString()));
        Assert.DoesNotContain(await Accounts.ListAccountsAsync(default), u => u.Id == ann.Id);
        // The name is free, and who takes it is somebody else.
        Assert.NotEqual(ann.Id, (await Person("ann")).Id);
        foreach (var late in new Command[] { new Post(ann, null, room.Id, Body("late")), new StartSession(ann, "hash of ann", null, NewSession()), new EndSessions(ann, null) })
            Assert.NotNull((Assert.Single(await Commit([late])) as Refused)?.Reason);
    }

    [Fact]
    public async Task Their_messages_are_erased_everywhere_where_the_owner_has_decided_so()
    {
        var owner = await Person("owner", ServerRole.Owner);
        await Commit<Nothing>(new ChangeSettings(owner, null, DepartedMessages.Erase));
        var ann = await Person("ann");
        var (own, lobby, unwritten) = (await NewRoom(ann, "dev"), await Lobby(), await NewRoom(owner, "quiet"));
        await Say(ann, own, "secret one");
        await Say(ann, lobby, "secret two"); // as one who only looks on
        await Say(owner, lobby, "stays");
        var written = await Accounts.FindWrittenInAsync(ann.Id, default);
        Assert.Equal(new[] { own.Id, lobby.Id }.OrderBy(r => r.Value), written.Rooms);

        var gone = await Commit<AccountChanged>(new DeleteAccount(ann, "hash of ann", written));
        Assert.Equal(2, gone.Events.Count(e => e.Event is MessagesErased));
        foreach (var room in new[] { own, lobby })
            Assert.All((await History(room, owner)).Messages, m => Assert.Equal(m.From.Id == ann.Id, m.Body is null));
        Assert.Equal("stays", (await History(lobby, owner)).Messages[^1].Body?.ToString());
        Assert.Equal(1, (await Head(unwritten)).Seq);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_owner_decides_and_they_say_until_their_end_counts_for_what_is_erased(bool wasLookedFor)
    {
        var owner = await Person("owner", ServerRole.Owner);
        var ann = await Person("ann");
        var (early, late) = (await NewRoom(owner, "early"), await NewRoom(owner, "late"));
        await Say(ann, early, "one");
        // Where it was decided only now, nobody has looked yet.
        var seen = wasLookedFor ? await Accounts.FindWrittenInAsync(ann.Id, default) : null;
        await Say(ann, late, "two");
        await Commit<Nothing>(new ChangeSettings(owner, null, DepartedMessages.Erase));
        // In the same batch: its rows may not be on their way yet.
        var outcomes = await Commit(new Post(ann, null, (await Lobby()).Id, Body("three")), new DeleteAccount(ann, "hash of ann", seen));
        Assert.Equal(3, Assert.IsType<AccountChanged>(outcomes[1]).Events.Count(e => e.Event is MessagesErased));
        foreach (var room in new[] { early, late, await Lobby() })
            Assert.Null((await History(room, owner)).Messages.Single(m => m.From.Id == ann.Id).Body);
    }

    [Fact]
    public async Task What_is_kept_by_the_end_is_kept_whatever_was_looked_for_before()
    {
        var (owner, ann) = (await Person("owner", ServerRole.Owner), await Person("ann"));
        await Commit<Nothing>(new ChangeSettings(owner, null, DepartedMessages.Erase));
        await Say(ann, await Lobby(), "one");
        var seen = await Accounts.FindWrittenInAsync(ann.Id, default);
        await Commit<Nothing>(new ChangeSettings(owner, null, DepartedMessages.Keep));
        await Commit<AccountChanged>(new DeleteAccount(ann, "hash of ann", seen));
        Assert.Equal("one", (await History(await Lobby(), owner)).Messages[^1].Body?.ToString());
    }
}
