using System.Text.Json.Nodes;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Users;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Tests.WebSocket.Frames;

public sealed class ServerFrameWriterTests
{
    private const long Ts = 1763654400000;

    private static readonly Guid Uid = Guid.Parse("0197a3c0-0000-7000-8000-000000000001");
    private static readonly ClientId Cid = ClientId.TryCreate("01K6ZZZZZZZZZZZZZZZZZZZZZ0", out var cid) ? cid : default;
    private static readonly User Alice = new(new UserId(1), Guid.Parse("0197a3c0-0000-7000-8000-0000000000a1"), UserKind.Guest, "alice");
    private static readonly User Bob = new(new UserId(2), Guid.Parse("0197a3c0-0000-7000-8000-0000000000b2"), UserKind.Guest, "ボブ");
    private static readonly Room Lobby = new(new RoomId(1), Uid, RoomKind.Public, "lobby", "Lobby", "", Archived: false) { History = HistoryView.All };
    private static readonly RoomHead LobbyHead = new(41, 40, Ts, 1, 1);
    private static readonly RoomView LookingOn = new(Lobby, LobbyHead, IsMember: false, ReadSeq: 0, Unread: 0);
    private static readonly RoomView Direct = new(
        new Room(new RoomId(2), Uid, RoomKind.Direct, null, "", "", Archived: false) { Users = [Alice, Bob] },
        new RoomHead(3, 1, Ts, 1, 1), IsMember: true, ReadSeq: 2, Unread: 1);

    private static readonly WelcomeLimits Limits = new(65_536, 64, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(75));

    /// <summary>What makes each frame of the corpus. A frame without a line here fails.</summary>
    private static readonly Dictionary<string, Action<ServerFrameWriter>> Builders = new()
    {
        ["welcome"] = w => w.Welcome(new WelcomeContent("minato/0.1.0", "s3cr3t", null, "guest-7f3a", [LookingOn], Limits)),
        ["welcome_back"] = w => w.Welcome(new WelcomeContent(
            "minato/0.1.0", null, Alice, "alice", [new RoomView(Lobby, LobbyHead, IsMember: true, ReadSeq: 40, Unread: 1), Direct], Limits with { File = 26_214_400 })),
        ["resumed"] = w => w.Resumed(Uid, 46),
        ["partial"] = w => w.Partial(Uid, 1042, 2041),
        ["reset"] = w => w.Reset(Uid.ToString(), "ahead"u8),
        ["ok"] = w => w.Ok(Cid, Uid, 42, Ts),
        ["ok_nick"] = w => w.Ok(Cid, Alice),
        ["ev_create"] = w => w.Event(Lobby, new Created(Lobby.Id, 1, Ts, Alice, RoomKind.Public, "dev", "Dev")),
        ["ev_post"] = w => w.Event(Lobby, new Posted(Lobby.Id, 42, Ts, Bob, 41, Body("「港」 <b>\"quoted\"</b>\n\ttwo"))),
        ["ev_post_erased"] = w => w.Event(Lobby, new Posted(Lobby.Id, 43, Ts, Alice, 42, null)),
        ["ev_join"] = w => w.Event(Lobby, new Joined(Lobby.Id, 44, Ts, Alice)),
        ["ev_leave"] = w => w.Event(Lobby, new Left(Lobby.Id, 45, Ts, Alice)),
        ["ev_topic"] = w => w.Event(Lobby, new TopicChanged(Lobby.Id, 46, Ts, Alice, "港の話")),
        ["history"] = w => w.History("h1", Uid, new MessagePage(46, More: true, [new Message(41, 40, Ts, Alice, Body("hi")), new Message(43, 42, Ts, Alice, null)])),
        ["read"] = w => w.Read(Uid, 42, 0),
        ["rooms"] = w => w.Rooms("r1", [new RoomListing(LookingOn, 3)]),
        ["who"] = w => w.Who("w1", Uid, [Alice, Bob], 2),
        ["who_more"] = w => w.Who("w1", Uid, [Alice], 2, more: true),
        ["members"] = w => w.Members("m1", Uid, [new Member(Alice, Standing.Owner), new Member(Bob, Standing.Member)], more: true),
        ["receipts"] = w => w.Receipts("s1", Uid, [new ReadPosition(Alice, 46), new ReadPosition(Bob, 41)]),
        ["mentions"] = w => w.Mentions("m1", [new Mention(Lobby, new Message(43, 42, Ts, Bob, Body("@alice")))], more: false),
        ["pins"] = w => w.Pins("p1", Uid, [new Message(43, 42, Ts, Bob, Body("@alice")) { IsPinned = true }], more: false),
        ["pins_more"] = w => w.Pins(null, Uid, [], more: true),
        ["eph_presence"] = w => w.Presence(Uid, [Alice], [], 2),
        ["eph_presence_count"] = w => w.Presence(Uid, 501),
        ["eph_typing"] = w => w.Typing(Uid, [Bob]),
        ["eph_receipts"] = w => w.Receipts(Uid, [new ReadPosition(Alice, 46)]),
        ["search"] = w => w.Search("s1", new SearchPage(IsComplete: true, 28218470400016, [Found("昨日は", "東京", "へ")])),
        ["search_behind"] = w => w.Search(null, new SearchPage(IsComplete: false, null, [])),
        ["pong"] = w => w.Pong(),
        ["you"] = w => w.You(Alice),
        ["room"] = w => w.Entered(Direct),
        ["gone"] = w => w.Gone(Uid),
        ["user"] = w => w.Renamed(Alice),
        ["bye"] = w => w.Bye(TimeSpan.FromMilliseconds(1200)),
        ["error_cid"] = w => w.Error(Cid.Value, null, "busy", "The server is busy. Send it again in 250 ms.", TimeSpan.FromMilliseconds(250)),
        ["error_rid"] = w => w.Error(null, "h1", "no_such_room", "There is no such room."),
        ["error_bare"] = w => w.Error(null, null, "bad_frame", "A frame is one JSON object."),
    };

    private static SearchResult Found(string before, string hit, string after) => new(
        new FoundMessage(Lobby, new Message(43, 42, Ts, Alice, Body(before + hit + after))),
        [new SnippetPart(before, IsHit: false), new SnippetPart(hit, IsHit: true), new SnippetPart(after, IsHit: false)]);

    [Fact]
    public void Every_server_frame_of_the_corpus_is_written_as_it_stands_there()
    {
        Assert.Equal(Builders.Keys.Concat(ActFrameTests.ServerFrames).Concat(RoomFrameTests.ServerFrames).Concat(SafetyFrameTests.ServerFrames).Order(), Corpus.Server.Select(s => s.Name).Order());
        using var writer = new ServerFrameWriter();
        foreach (var (name, frame) in Corpus.Server.Where(s => Builders.ContainsKey(s.Name)))
        {
            Builders[name](writer);
            // Parsed and written again by one hand: the same fields in the same order, whatever the escaping.
            Assert.Equal($"{name} {frame.ToJsonString()}", $"{name} {JsonNode.Parse(writer.Json)!.ToJsonString()}");
        }
    }

    [Fact]
    public void Text_stands_in_a_frame_as_it_is_and_not_as_escapes()
    {
        using var writer = new ServerFrameWriter();
        writer.Event(Lobby, new Posted(Lobby.Id, 42, Ts, Bob, 41, Body("港 <b>+'&")));
        Assert.Contains("\"body\":\"港 <b>+'&\"", System.Text.Encoding.UTF8.GetString(writer.Json));
    }

    [Fact]
    public void Every_refusal_has_a_code_of_its_own()
    {
        var codes = Enum.GetValues<Refusal>().Select(Codes.Of).ToList();
        Assert.All(codes, code => Assert.Matches("^[a-z_]+$", code));
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    private static MessageBody Body(string text) => MessageBody.FromStore(Bytes.Utf8(text));
}
