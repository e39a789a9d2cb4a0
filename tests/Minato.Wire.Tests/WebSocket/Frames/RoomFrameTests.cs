using System.Text.Json.Nodes;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Wire.Lines;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Tests.WebSocket.Frames;

/// <summary>Kinds of rooms, who owns them and the links into them, held against the corpus.</summary>
public sealed class RoomFrameTests
{
    private const long Ts = 1763654400000;
    private const string Secret = "mZk3vYqv1s0xJr0Zk2m8n8xv5m0JkT3xQh6pTq2cB0E";

    private static readonly RoomId Id = new(1);
    private static readonly Guid Uid = Guid.Parse("0197a3c0-0000-7000-8000-000000000001");
    private static readonly Guid LinkId = Guid.Parse("0197a3c0-0000-7000-8000-0000000000c3");
    private static readonly RoomRef Ref = new(Uid, null);
    private static readonly ClientId Cid = ClientId.TryCreate("01K6ZZZZZZZZZZZZZZZZZZZZZ0", out var cid) ? cid : default;
    private static readonly User Alice = new(new UserId(1), Guid.Parse("0197a3c0-0000-7000-8000-0000000000a1"), UserKind.Guest, "alice");
    private static readonly User Bob = new(new UserId(2), Guid.Parse("0197a3c0-0000-7000-8000-0000000000b2"), UserKind.Guest, "ボブ");
    private static readonly Room Hall = new(Id, Uid, RoomKind.Public, "hall", "Hall", "", Archived: false) { Posting = Posting.Moderators, SlowSeconds = 30 };
    private static readonly RoomLink Link = new(LinkId, Alice, 1764259200000, 25, 0);

    private static readonly Dictionary<string, ClientFrame> Client = new()
    {
        ["create_public_joined"] = new CreateFrame(Cid, "public", "hall", "Hall", HistoryView.Joined),
        ["join_link"] = new JoinByLinkFrame(Cid, Secret),
        ["posting"] = new PostingFrame(Cid, Ref, Posting.Moderators),
        ["posting_everyone"] = new PostingFrame(Cid, Ref, Posting.Everyone),
        ["slow"] = new SlowFrame(Cid, Ref, 30),
        ["slow_off"] = new SlowFrame(Cid, Ref, null),
        ["restrict"] = new RestrictFrame(Cid, Ref, Restrictions.InviteOnly | Restrictions.Unlisted, Restrictions.TopicLocked | Restrictions.MembersOnly),
        ["capacity"] = new CapacityFrame(Cid, Ref, 20),
        ["capacity_off"] = new CapacityFrame(Cid, Ref, null),
        ["key"] = new KeyFrame(Cid, Ref, "sesame"),
        ["key_off"] = new KeyFrame(Cid, Ref, null),
        ["pattern"] = new PatternFrame(Cid, Ref, PatternList.MuteException, "ボブ*!*@*", On: true),
        ["pattern_off"] = new PatternFrame(Cid, Ref, PatternList.Ban, "account:eve?", On: false),
        ["join_with_key"] = new JoinFrame(Cid, Ref, "sesame"),
        ["bans"] = new BansFrame("b1", Ref),
        ["link"] = new LinkFrame(Cid, Ref, null, null),
        ["link_bounded"] = new LinkFrame(Cid, Ref, 1764259200000, 1),
        ["unlink"] = new UnlinkFrame(Cid, Ref, LinkId),
        ["transfer"] = new TransferFrame(Cid, Ref, "ボブ"),
        ["links"] = new LinksFrame("l1", Ref),
        ["role_helper"] = new RoleFrame(Cid, Ref, "ボブ", Standing.Helper),
    };

    private static readonly Dictionary<string, RoomEvent> Events = new()
    {
        ["ev_leave_to"] = new Left(Id, 67, Ts, Alice) { Heir = Bob },
        ["ev_posting"] = new PostingChanged(Id, 68, Ts, Alice, Posting.Moderators),
        ["ev_slow"] = new SlowModeChanged(Id, 69, Ts, Alice, 30),
        ["ev_slow_off"] = new SlowModeChanged(Id, 70, Ts, Alice, null),
        ["ev_restrict"] = new RestrictionsChanged(Id, 72, Ts, Alice, Restrictions.InviteOnly, Restrictions.TopicLocked),
        ["ev_capacity"] = new MemberLimitChanged(Id, 73, Ts, Alice, 20),
        ["ev_capacity_off"] = new MemberLimitChanged(Id, 74, Ts, Alice, null),
        ["ev_key"] = new KeyChanged(Id, 75, Ts, Alice, On: true),
        ["ev_pattern"] = new PatternChanged(Id, 76, Ts, Alice, PatternList.MuteException, "ボブ*!*@*", On: true),
        ["ev_transfer"] = new Transferred(Id, 71, Ts, Alice, Bob),
        ["ev_role_helper"] = new RoleChanged(Id, 77, Ts, Alice, Bob, Standing.Helper),
    };

    private static readonly Dictionary<string, Action<ServerFrameWriter>> Others = new()
    {
        ["ok_link"] = w => w.Ok(Cid, new LinkMade(Hall, Link, LinkSecret.TryParse(Secret, out var secret) ? secret : null!)),
        ["bans"] = w => w.Bans(
            "b1", Uid, [new Exclusion(Bob, false, Alice, Ts, 1764259200000), new Exclusion(Bob, true, Alice, Ts, null)],
            [new ListedPattern(PatternList.Ban, UserPattern.TryParse("eve*")!, Alice, Ts)]),
        ["links"] = w => w.Links("l1", Uid, [Link]),
        ["you_admin"] = w => w.You(Alice with { Kind = UserKind.Account, Role = ServerRole.Admin }),
        ["room_restricted"] = w => w.Entered(new RoomView(
            Hall with { History = HistoryView.All, Posting = Posting.Everyone, SlowSeconds = null, Restrictions = Restrictions.All, MemberLimit = 20, Key = RoomKey.TryParse("sesame") },
            new RoomHead(71, 50, Ts, 1, 1), IsMember: true, ReadSeq: 71, Unread: 0)
        { Role = Standing.Speaker }),
        ["room_slow"] = w => w.Entered(new RoomView(Hall, new RoomHead(71, 50, Ts, 1, 1), IsMember: true, ReadSeq: 71, Unread: 0) { Role = Standing.Moderator }),
        ["room_helper"] = w => w.Entered(new RoomView(Hall, new RoomHead(77, 50, Ts, 1, 1), IsMember: true, ReadSeq: 77, Unread: 0) { Role = Standing.Helper }),
    };

    /// <summary>What is answered for here.</summary>
    internal static IEnumerable<string> ClientFrames => [.. Client.Keys, "direct_group"];

    internal static IEnumerable<string> ServerFrames => Events.Keys.Concat(Others.Keys);

    [Fact]
    public void Client_frames_are_read_as_what_they_say()
    {
        foreach (var (name, expected) in Client)
            Assert.Equal(expected, Read(name));
        Assert.Equal(["ボブ", "0197a3c0-0000-7000-8000-0000000000c4"], Assert.IsType<DirectFrame>(Read("direct_group")).Users);
    }

    [Fact]
    public void Server_frames_are_written_as_they_stand_in_the_corpus()
    {
        using var writer = new ServerFrameWriter();
        foreach (var (name, ev) in Events)
        {
            writer.Event(Hall, ev);
            AssertSame(name, writer.Json);
        }
        foreach (var (name, write) in Others)
        {
            write(writer);
            AssertSame(name, writer.Json);
        }
    }

    [Fact]
    public void Terminals_are_told_of_each_event_in_a_line()
    {
        Assert.Equal(
            [
                "alice left #hall to ボブ.",
                "alice made #hall a room of announcements: moderators post.",
                "alice put #hall in slow mode: one message in 30 seconds.",
                "alice ended the slow mode of #hall.",
                "alice changed #hall: one joins by invitation; every member sets the topic.",
                "alice lets at most 20 be in #hall.",
                "alice lets any number be in #hall.",
                "alice set a key for #hall.",
                "alice made a rule for #hall: whoever is ボブ*!*@* may speak.",
                "alice handed #hall over to ボブ.",
                "alice made ボブ a helper of #hall.",
            ],
            Events.Values.Select(e => LineWriter.Describe(Hall, e)));
        Assert.Null(LineWriter.Describe(Hall, new Left(Id, 67, Ts, Alice)));
    }

    [Fact]
    public void A_public_room_that_shows_all_says_nothing_of_its_history()
    {
        using var writer = new ServerFrameWriter();
        writer.Entered(new RoomView(Hall with { History = HistoryView.All, Posting = Posting.Everyone, SlowSeconds = null }, default, IsMember: true, 0, 0));
        var room = JsonNode.Parse(writer.Json)!["room"]!.AsObject();
        Assert.DoesNotContain(room, f => f.Key is "history" or "posting" or "slow");
    }

    [Fact]
    public void More_people_than_any_room_has_are_refused_before_they_are_kept()
    {
        var many = string.Join(',', Enumerable.Range(0, 21).Select(i => $"\"u{i}\""));
        Assert.Null(ClientFrameReader.Read(Bytes.Utf8($$"""{"op":"direct","cid":"1","users":[{{many}}]}"""), out var problem));
        Assert.Equal("bad_frame", problem!.Code);
    }

    private static ClientFrame? Read(string name) =>
        ClientFrameReader.Read(Bytes.Utf8(Corpus.Client.Single(c => c.Name == name).Frame.ToJsonString()), out _);

    private static void AssertSame(string name, ReadOnlySpan<byte> json)
    {
        var expected = Corpus.Server.Single(s => s.Name == name).Frame;
        var actual = JsonNode.Parse(json);
        Assert.True(JsonNode.DeepEquals(expected, actual), $"{name}: expected {expected.ToJsonString()}, got {actual!.ToJsonString()}");
    }
}
