using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Upgrades;

/// <summary>A database as the first version left it, brought to this one: what was in it, and what was worked out from it.</summary>
public abstract class FirstVersion
{
    private readonly ManualClock _clock = new();

    /// <summary>Makes a database of the first version, with rows in it.</summary>
    protected abstract void Make(string rows);

    protected abstract string Uid(Guid uid);

    protected abstract IStore Open(TimeProvider clock);

    [Fact]
    public async Task What_was_in_it_is_there_and_what_is_new_is_as_it_was_by_then()
    {
        await using var store = Upgraded();
        var (ann, ben) = (await UserAsync(store, "ann"), await UserAsync(store, "ben"));
        var (open, hidden) = (await RoomAsync(store, "open"), await RoomAsync(store, "since"));
        Assert.Equal((ServerRole.Guest, UserKind.Guest), (ann.Role, ann.Kind));
        // Public rooms showed all of it, and go on so; private ones are what they were.
        Assert.Equal((HistoryView.All, HistoryView.Joined), (open.History, hidden.History));
        Assert.Equal((Posting.Everyone, null), (open.Posting, open.SlowSeconds));
        Assert.Equal("hello", Assert.Single((await store.ReadHistoryAsync(open.Id, null, new PageRequest(null, null, 10), default)).Messages).Body?.ToString());
        Assert.Equal([new Member(ann, Standing.Owner), new Member(ben, Standing.Member)], await store.ReadMembersAsync(open.Id, null, 10, default));
        Assert.Equal((1L, 2L), (await store.ReadFirstOfSpanAsync(hidden.Id, ann.Id, default), await store.ReadFirstOfSpanAsync(hidden.Id, ben.Id, default)));
        Assert.IsType<Logged>(Assert.Single(await store.CommitAsync([new Join(await UserAsync(store, "cat"), null, open.Id)], default)));
    }

    /// <summary>Who may see all of a private room sees it from its beginning, whenever they came.</summary>
    [Theory]
    [InlineData("all", "ann", "dan")]
    [InlineData("all", "ann, dan", "ben")]
    [InlineData("all", "ann, dan, ben", "cat")]
    [InlineData("open", "ann", "ben")]
    public async Task Who_has_been_there_longest_inherits_a_room(string slug, string leaving, string heir)
    {
        await using var store = Upgraded();
        var room = await RoomAsync(store, slug);
        Left? last = null;
        foreach (var nick in leaving.Split(", "))
            last = (Left)((Logged)(await store.CommitAsync([new Leave(await UserAsync(store, nick), null, room.Id)], default))[0]).Event!;
        Assert.Equal(heir, last!.Heir?.Nick);
    }

    [Fact]
    public async Task A_room_takes_another_name_and_keeps_the_one_that_it_was_made_with()
    {
        await using var store = Upgraded();
        var (ann, open) = (await UserAsync(store, "ann"), await RoomAsync(store, "open"));
        Assert.IsType<Logged>(Assert.Single(await store.CommitAsync([new SetSlug(ann, null, open.Id, "work")], default)));
        Assert.Equal("work", (await RoomAsync(store, "open")).Slug);
        Assert.Equal(open.Id, (await RoomAsync(store, "work")).Id);
        Assert.Equal(new Refused(Refusal.SlugTaken), Assert.Single(await store.CommitAsync([new CreateRoom(await UserAsync(store, "cat"), null, "Open", "")], default)));
        var events = await store.ReadEventsAsync(open.Id, ann.Id, 0, 1, default);
        Assert.Equal("open", Assert.IsType<Created>(events[0]).Slug);
    }

    private IStore Upgraded()
    {
        Make(Rows());
        return Open(_clock);
    }

    /// <summary>The same rows on both engines: ids are given in the order of the rows.</summary>
    private string Rows() => $"""
        insert into users (uid, kind, nick, nick_key, created_at) values ({NewUid()}, 3, 'minato', 'minato', 1);
        insert into users (uid, kind, nick, nick_key, created_at) values ({NewUid()}, 0, 'ann', 'ann', 1);
        insert into users (uid, kind, nick, nick_key, created_at) values ({NewUid()}, 0, 'ben', 'ben', 1);
        insert into users (uid, kind, nick, nick_key, created_at) values ({NewUid()}, 0, 'cat', 'cat', 1);
        insert into users (uid, kind, nick, nick_key, created_at) values ({NewUid()}, 0, 'dan', 'dan', 1);
        insert into rooms (uid, kind, slug, slug_key, title, created_at) values ({NewUid()}, 0, 'lobby', 'lobby', 'Lobby', 1);
        insert into rooms (uid, kind, slug, slug_key, title, created_at, members) values ({NewUid()}, 0, 'open', 'open', 'Open', 1, 2);
        insert into rooms (uid, kind, slug, slug_key, title, created_at, members, history) values ({NewUid()}, 1, 'all', 'all', 'All', 1, 4, 1);
        insert into rooms (uid, kind, slug, slug_key, title, created_at, members) values ({NewUid()}, 1, 'since', 'since', 'Since', 1, 2);
        insert into rooms (uid, kind, direct_key, title, created_at, members) values ({NewUid()}, 2, '2:3', '', 1, 2);
        insert into room_heads (room_id, seq, post_no, ts) values (1, 1, 0, 1), (2, 3, 1, 3), (3, 6, 0, 6), (4, 2, 0, 2), (5, 1, 0, 1);
        insert into events (room_id, seq, kind, user_id, ts, post_no) values
          (1, 1, 1, 1, 1, 0),
          (2, 1, 1, 2, 1, 0), (2, 2, 2, 2, 2, 1), (2, 3, 3, 3, 3, 1),
          (3, 1, 1, 2, 1, 0), (3, 2, 3, 5, 2, 0), (3, 3, 3, 4, 3, 0), (3, 4, 3, 3, 4, 0), (3, 5, 4, 4, 5, 0), (3, 6, 3, 4, 6, 0),
          (4, 1, 1, 2, 1, 0), (4, 2, 3, 3, 2, 0),
          (5, 1, 1, 2, 1, 0);
        insert into bodies (room_id, seq, body) values (1, 1, 'Lobby'), (2, 1, 'Open'), (2, 2, 'hello'), (3, 1, 'All'), (4, 1, 'Since');
        insert into messages (room_id, seq, post_no, user_id, ts, body_seq, changed_seq) values (2, 2, 1, 2, 2, 2, 2);
        insert into members (room_id, user_id, role) values
          (2, 2, 3), (2, 3, 1), (3, 2, 3), (3, 5, 1), (3, 4, 1), (3, 3, 1), (4, 2, 3), (4, 3, 1), (5, 2, 1), (5, 3, 1);
        insert into member_spans (room_id, user_id, from_seq, to_seq) values
          (2, 2, 1, null), (2, 3, 3, null), (3, 2, 1, null), (3, 5, 1, null), (3, 4, 1, null), (3, 3, 1, null), (4, 2, 1, null), (4, 3, 2, null),
          (5, 2, 1, null), (5, 3, 1, null);
        """;

    private string NewUid() => Uid(Guid.CreateVersion7());

    private static async Task<User> UserAsync(IStore store, string nick) => (await store.FindUserAsync(nick, default))!;

    private static async Task<Room> RoomAsync(IStore store, string slug) => (await store.FindRoomAsync(slug, default))!;
}
