using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_room_is_renamed_and_found_by_every_name_that_it_had()
    {
        var (alice, dev) = await WithRoom("dev");
        await Say(alice, dev, "hello");
        var renamed = await Rename(alice, dev, "Work");
        Assert.Equal(new SlugChanged(dev.Id, 3, Clock.NowMs, alice, "Work", "dev"), renamed.Event);
        Assert.Equal("Work", renamed.Room.Slug);
        await Rename(alice, dev, "港");
        await ReopenAsync();
        foreach (var name in new[] { "dev", "#ＤＥＶ", "work", "WORK", "港" })
            Assert.Equal((dev.Id, "港"), (await Store.FindRoomAsync(name, default)) is { } room ? (room.Id, room.Slug) : default);
        Assert.Equal("港", (await Store.FindRoomAsync(dev.Uid, default))!.Slug);
        Assert.Equal("港", (await ViewOf(dev, alice)).Room.Slug);
        Assert.Contains(await Store.ListPublicRoomsAsync(null, 10, default), l => l.View.Room.Slug == "港");
        Assert.Null(await Store.FindRoomAsync("never", default));
        // The log says what was, and not what is.
        var events = await Events(dev, alice);
        Assert.Equal("dev", Assert.IsType<Created>(events[0]).Slug);
        Assert.Equal([("Work", "dev"), ("港", "Work")], events.OfType<SlugChanged>().Select(e => (e.Slug, e.Was)));
    }

    [Fact]
    public async Task A_name_that_a_room_has_or_had_is_no_others_and_its_own_again()
    {
        var (alice, dev) = await WithRoom("dev");
        var other = await NewRoom(alice, "other");
        await Rename(alice, dev, "work");
        foreach (var taken in new[] { "work", "DEV", "ｄｅｖ", "lobby" })
        {
            Assert.Equal(Refusal.SlugTaken, await Refused(new CreateRoom(alice, null, taken, "")));
            Assert.Equal(Refusal.SlugTaken, await Refused(new SetSlug(alice, null, other.Id, taken)));
        }
        await Rename(alice, dev, "Dev");
        await Rename(alice, dev, "DEV");
        Assert.Equal("DEV", (await Store.FindRoomAsync("work", default))!.Slug);
        Assert.Equal(Refusal.SlugTaken, await Refused(new CreateRoom(alice, null, "work", "")));
        await Rename(alice, other, "another");
        Assert.Equal(Refusal.SlugTaken, await Refused(new SetSlug(alice, null, dev.Id, "other")));
    }

    [Fact]
    public async Task Of_two_who_want_a_name_in_one_batch_the_first_has_it()
    {
        var (alice, dev) = await WithRoom("dev");
        var other = await NewRoom(alice, "other");
        var outcomes = await Commit(
            new SetSlug(alice, null, dev.Id, "wanted"), new SetSlug(alice, null, other.Id, "wanted"), new CreateRoom(alice, null, "Wanted", ""), new CreateRoom(alice, null, "dev", ""));
        Assert.Equal([null, Refusal.SlugTaken, Refusal.SlugTaken, Refusal.SlugTaken], outcomes.Select(o => (o as Refused)?.Reason));
        Assert.Equal(dev.Id, (await Store.FindRoomAsync("wanted", default))!.Id);
    }

    [Fact]
    public async Task A_room_keeps_twenty_names_that_it_had()
    {
        var (alice, dev) = await WithRoom("dev");
        for (var i = 0; i < Slug.MaxEarlier; i++)
            await Rename(alice, dev, $"name-{i}");
        Assert.Equal(Refusal.TooMany, await Refused(new SetSlug(alice, null, dev.Id, "one-more")));
        Assert.Null(await Store.FindRoomAsync("one-more", default));
        await Rename(alice, dev, "dev");
        await Rename(alice, dev, "name-7");
        Assert.Equal(dev.Id, (await Store.FindRoomAsync("name-0", default))!.Id);
    }

    [Fact]
    public async Task A_rename_that_comes_again_is_answered_again_and_undoes_no_newer_one()
    {
        var alice = await Guest("alice");
        var made = await Commit<Logged>(new CreateRoom(alice, Cid("made"), "dev", "Dev"));
        var first = await Commit<Logged>(new SetSlug(alice, Cid("first"), made.Room.Id, "work"));
        await Rename(alice, made.Room, "dev");
        await AssertRepeat(first, new SetSlug(alice, Cid("first"), made.Room.Id, "work"));
        Assert.Equal("dev", (await Store.FindRoomAsync("work", default))!.Slug);
        await Rename(alice, made.Room, "play");
        // Also what made it, under the name that it was made with.
        await AssertRepeat(made, new CreateRoom(alice, Cid("made"), "dev", "Dev"));
        Assert.Equal(Refusal.CidConflict, await Refused(new SetSlug(alice, Cid("made"), made.Room.Id, "other")));
        Assert.Null((await Commit<Logged>(new SetSlug(alice, Cid("nothing"), made.Room.Id, "play"))).Event);
    }

    [Fact]
    public async Task A_title_that_is_nothing_but_the_name_goes_with_it()
    {
        var alice = await Guest("alice");
        var plain = (await Commit<Logged>(new CreateRoom(alice, null, "dock", "dock"))).Room;
        var titled = (await Commit<Logged>(new CreateRoom(alice, null, "dev", "Dev"))).Room;
        await Rename(alice, plain, "pier");
        await Rename(alice, titled, "work");
        Assert.Equal(("pier", "pier"), await NameAndTitle(plain));
        Assert.Equal(("work", "Dev"), await NameAndTitle(titled));

        async Task<(string?, string)> NameAndTitle(Room room)
        {
            var found = (await Store.FindRoomAsync(room.Uid, default))!;
            return (found.Slug, found.Title);
        }
    }

    [Fact]
    public async Task Whoever_renames_on_and_on_waits_and_what_changes_nothing_does_not_count()
    {
        var (alice, dev) = await WithRoom("dev");
        for (var i = 0; i < 30; i++)
        {
            var renamed = await Commit<Logged>(new SetSlug(alice, Cid($"{i}"), dev.Id, i % 2 == 0 ? "work" : "dev"));
            await AssertRepeat(renamed, new SetSlug(alice, Cid($"{i}"), dev.Id, i % 2 == 0 ? "work" : "dev"));
            Assert.Null((await Commit<Logged>(new SetSlug(alice, null, dev.Id, i % 2 == 0 ? "work" : "dev"))).Event);
            Assert.Equal(Refusal.SlugTaken, await Refused(new SetSlug(alice, null, dev.Id, "lobby")));
        }
        var refused = await Commit<Refused>(new SetSlug(alice, null, dev.Id, "work"));
        Assert.Equal((Refusal.RateLimited, TimeSpan.FromMinutes(3)), (refused.Reason, refused.RetryAfter!.Value));
        Clock.Advance(TimeSpan.FromMinutes(3));
        await Rename(alice, dev, "work");
    }

    [Fact]
    public async Task Owners_and_admins_rename_and_nobody_renames_the_lobby_an_archive_or_a_direct_room()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (carol, admin) = (await Guest("carol"), await Account("dora", ServerRole.Admin));
        Assert.Equal(Refusal.NotAMember, await Refused(new SetSlug(carol, null, dev.Id, "x")));
        Assert.Equal(Refusal.Forbidden, await Refused(new SetSlug(bob, null, dev.Id, "x")));
        await Commit<Logged>(new SetRole(alice, null, dev.Id, bob.Id, Standing.Moderator));
        Assert.Equal(Refusal.Forbidden, await Refused(new SetSlug(bob, null, dev.Id, "x")));
        await Rename(admin, dev, "by-admin");
        Assert.Equal(Refusal.Forbidden, await Refused(new SetSlug(admin, null, (await Lobby()).Id, "x")));
        await Commit<Logged>(new Archive(alice, null, dev.Id, On: true));
        Assert.Equal(Refusal.Archived, await Refused(new SetSlug(alice, null, dev.Id, "x")));
        var den = (await Commit<Logged>(new CreateRoom(alice, null, "den", "", RoomKind.Private))).Room;
        Assert.Equal(Refusal.NoSuchRoom, await Refused(new SetSlug(admin, null, den.Id, "x")));
        await Rename(alice, den, "lair");
        var direct = (await Commit<Logged>(new OpenDirect(alice, null, bob.Id))).Room;
        Assert.Equal(Refusal.Forbidden, await Refused(new SetSlug(alice, null, direct.Id, "x")));
        Assert.Null(await Store.FindRoomAsync("x", default));
    }

    private async Task<(User Alice, Room Room)> WithRoom(string slug)
    {
        var alice = await Guest("alice");
        return (alice, await NewRoom(alice, slug));
    }

    private async Task<Logged> Rename(User actor, Room room, string slug)
    {
        var renamed = await Commit<Logged>(new SetSlug(actor, null, room.Id, slug));
        Assert.IsType<SlugChanged>(renamed.Event);
        return renamed;
    }
}
