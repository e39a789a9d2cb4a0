using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Wire.Lines;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Tests.WebSocket.Frames;

/// <summary>Acts on messages and members, held against the corpus.</summary>
public sealed class ActFrameTests
{
    private const long Ts = 1763654400000;
    private const long Until = 1763658000000;

    private static readonly JsonObject Corpus = JsonNode.Parse(File.ReadAllBytes(CorpusFile()))!.AsObject();
    private static readonly RoomId Id = new(1);
    private static readonly User Alice = new(new UserId(1), Guid.Parse("0197a3c0-0000-7000-8000-0000000000a1"), UserKind.Guest, "alice");
    private static readonly User Bob = new(new UserId(2), Guid.Parse("0197a3c0-0000-7000-8000-0000000000b2"), UserKind.Guest, "ボブ");
    private static readonly Room Room =
        new(Id, Guid.Parse("0197a3c0-0000-7000-8000-000000000001"), RoomKind.Public, "dev", "Dev", "", Archived: false);

    public static TheoryData<string> Events =>
    [
        "ev_reply", "ev_edit", "ev_edit_erased", "ev_delete", "ev_react", "ev_pin", "ev_invite", "ev_kick", "ev_ban", "ev_ban_until", "ev_unban",
        "ev_mute_until", "ev_unmute", "ev_role", "ev_title", "ev_slug", "ev_archive", "ev_newcomers", "ev_retention", "ev_retention_off", "ev_erase",
    ];

    /// <summary>The client frames of the corpus that <see cref="Frames_of_acts_are_read"/> answers for.</summary>
    internal static readonly string[] ClientFrames =
    [
        "send_reply", "edit", "delete", "react", "react_off", "pin", "pin_off", "create_private", "title", "slug", "archive", "archive_off", "invite", "kick",
        "ban", "ban_until", "ban_off", "mute_until", "mute_off", "history_around", "history_thread", "role",
        "create_private_all", "newcomers", "newcomers_joined", "retention", "retention_off", "erase",
    ];

    /// <summary>The server frames that are written here.</summary>
    internal static IEnumerable<string> ServerFrames => Events.Select(e => e.Data).Append("history_full").Append("room_private");

    [Theory, MemberData(nameof(Events))]
    public void An_event_is_written_as_in_the_corpus(string name)
    {
        using var frames = new ServerFrameWriter();
        frames.Event(Room, Event(name));
        AssertSame(Corpus["server"]![name]!, frames.Json);
    }

    [Fact]
    public void A_message_as_of_the_head_is_written_as_in_the_corpus()
    {
        using var frames = new ServerFrameWriter();
        Message[] messages =
        [
            new Message(42, 41, Ts, Alice, Body("the port"))
            {
                ReplyTo = 41, ThreadRoot = 41, ChangedSeq = 52, EditedAt = Ts + 60_000, IsPinned = true,
                Reactions = [new Reaction("👍", 2, true), new Reaction("❤️", 1, false)],
            },
            new Message(43, 42, Ts, Bob, null) { ChangedSeq = 50, DeletedAt = Ts + 60_000 },
        ];
        frames.History("h4", Room.Uid, new MessagePage(62, false, messages) { MoreAfter = true });
        AssertSame(Corpus["server"]!["history_full"]!, frames.Json);
    }

    [Fact]
    public void A_private_room_is_described_as_in_the_corpus()
    {
        var den = new Room(Id, Room.Uid, RoomKind.Private, "den", "Den", "", Archived: false) { RetentionDays = 30 };
        using var frames = new ServerFrameWriter();
        frames.Entered(new RoomView(den, new RoomHead(66, 50, Ts, 40, 1) { TrimmedPosts = 30 }, IsMember: true, ReadSeq: 66, Unread: 0));
        AssertSame(Corpus["server"]!["room_private"]!, frames.Json);
    }

    [Fact]
    public void Frames_of_acts_are_read()
    {
        Assert.Equal(41, Read<SendFrame>("send_reply").ReplyTo);
        var edit = Read<EditFrame>("edit");
        Assert.Equal((41L, "the port"), (edit.Seq, Encoding.UTF8.GetString(edit.Body.Span)));
        Assert.Equal(41, Read<DeleteFrame>("delete").Seq);
        Assert.Equal(HistoryView.All, Read<CreateFrame>("create_private_all").History);
        Assert.Equal(HistoryView.All, Read<NewcomersFrame>("newcomers").History);
        Assert.Equal(HistoryView.Joined, Read<NewcomersFrame>("newcomers_joined").History);
        Assert.Equal(30, Read<RetentionFrame>("retention").Days);
        Assert.Null(Read<RetentionFrame>("retention_off").Days);
        Assert.Equal("ボブ", Read<EraseFrame>("erase").User);
        Assert.Equal((41L, "👍", true), (Read<ReactFrame>("react").Seq, Read<ReactFrame>("react").Emoji, Read<ReactFrame>("react").On));
        Assert.False(Read<ReactFrame>("react_off").On);
        Assert.True(Read<PinFrame>("pin").On);
        Assert.False(Read<PinFrame>("pin_off").On);
        Assert.Equal("private", Read<CreateFrame>("create_private").Kind);
        Assert.Equal("港", Read<TitleFrame>("title").Title);
        Assert.Equal("港", Read<SlugFrame>("slug").Slug);
        Assert.True(Read<ArchiveFrame>("archive").On);
        Assert.False(Read<ArchiveFrame>("archive_off").On);
        Assert.Equal("ボブ", Read<InviteFrame>("invite").User);
        Assert.Equal(Bob.Uid.ToString(), Read<KickFrame>("kick").User);
        Assert.Equal((true, null), (Read<BanFrame>("ban").On, Read<BanFrame>("ban").Until));
        Assert.Equal(Until, Read<BanFrame>("ban_until").Until);
        Assert.False(Read<BanFrame>("ban_off").On);
        Assert.Equal((true, (long?)Until), (Read<MuteFrame>("mute_until").On, Read<MuteFrame>("mute_until").Until));
        Assert.False(Read<MuteFrame>("mute_off").On);
        Assert.Equal(41, Read<HistoryFrame>("history_around").Page.Around);
        Assert.Equal(41, Read<HistoryFrame>("history_thread").Thread);
        Assert.Equal(Standing.Moderator, Read<RoleFrame>("role").Role);
    }

    [Theory]
    [InlineData("edit_without_seq")]
    [InlineData("on_not_a_flag")]
    [InlineData("role_unknown")]
    [InlineData("before_and_around")]
    public void Malformed_acts_are_bad_frames(string name)
    {
        var text = Corpus["malformed"]!.AsArray().Single(m => (string)m!["name"]! == name)!["text"]!.ToString();
        Assert.Null(ClientFrameReader.Read(Encoding.UTF8.GetBytes(text), out var problem));
        Assert.Equal("bad_frame", problem!.Code);
    }

    [Theory, MemberData(nameof(Events))]
    public void Terminals_are_told_of_acts_in_one_line_each_and_of_reactions_and_pins_not_at_all(string name)
    {
        var notice = LineWriter.Describe(Room, Event(name));
        Assert.Equal(name is "ev_react" or "ev_pin" or "ev_reply" or "ev_edit_erased", notice is null);
        Assert.DoesNotContain('\n', notice ?? "");
    }

    [Fact]
    public void No_line_of_an_edited_message_passes_for_a_message_of_somebody_else() => Assert.Equal(
        "alice edited message 41 in #dev: a #dev <bob> b", LineWriter.Describe(Room, new Edited(Id, 48, Ts, Alice, 41, Body("a\n#dev <bob> b"))));

    private static RoomEvent Event(string name) => name switch
    {
        "ev_reply" => new Posted(Id, 47, Ts, Alice, 43, Body("yes")) { ReplyTo = 42, ThreadRoot = 41 },
        "ev_edit" => new Edited(Id, 48, Ts, Alice, 41, Body("the port")),
        "ev_edit_erased" => new Edited(Id, 49, Ts, Alice, 41, null),
        "ev_delete" => new Deleted(Id, 50, Ts, Alice, 41),
        "ev_react" => new Reacted(Id, 51, Ts, Alice, 42, "👍", true),
        "ev_pin" => new PinChanged(Id, 52, Ts, Alice, 42, true),
        "ev_invite" => new Invited(Id, 53, Ts, Alice, Bob),
        "ev_kick" => new Kicked(Id, 54, Ts, Alice, Bob),
        "ev_ban" => new Banned(Id, 55, Ts, Alice, Bob, null),
        "ev_ban_until" => new Banned(Id, 56, Ts, Alice, Bob, Until),
        "ev_unban" => new Unbanned(Id, 57, Ts, Alice, Bob),
        "ev_mute_until" => new Muted(Id, 58, Ts, Alice, Bob, Until),
        "ev_unmute" => new Unmuted(Id, 59, Ts, Alice, Bob),
        "ev_role" => new RoleChanged(Id, 60, Ts, Alice, Bob, Standing.Moderator),
        "ev_title" => new TitleChanged(Id, 61, Ts, Alice, "港"),
        "ev_slug" => new SlugChanged(Id, 90, Ts, Alice, "港", "dev"),
        "ev_archive" => new ArchiveChanged(Id, 62, Ts, Alice, true),
        "ev_newcomers" => new HistoryChanged(Id, 63, Ts, Alice, HistoryView.All),
        "ev_retention" => new RetentionChanged(Id, 64, Ts, Alice, 30),
        "ev_retention_off" => new RetentionChanged(Id, 65, Ts, Alice, null),
        "ev_erase" => new MessagesErased(Id, 66, Ts, Alice, Bob, 65),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static T Read<T>(string name) where T : ClientFrame =>
        Assert.IsType<T>(ClientFrameReader.Read(JsonSerializer.SerializeToUtf8Bytes(Corpus["client"]![name]), out _));

    private static void AssertSame(JsonNode expected, ReadOnlySpan<byte> json)
    {
        var actual = JsonNode.Parse(json)!;
        Assert.True(JsonNode.DeepEquals(expected, actual), $"Expected {expected.ToJsonString()}, got {actual.ToJsonString()}.");
    }

    private static MessageBody Body(string text) => MessageBody.FromStore(Encoding.UTF8.GetBytes(text));

    private static string CorpusFile([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../corpus/minato.v1.json"));
}
