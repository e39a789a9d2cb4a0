using System.Text;
using System.Text.Json.Nodes;
using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Reports;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Wire.Http;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Tests.WebSocket.Frames;

/// <summary>Blocking and reporting, held against the corpus and, where only HTTP has it, against its page.</summary>
public sealed class SafetyFrameTests
{
    private static readonly RoomRef Room = new(Guid.Parse("0197a3c0-0000-7000-8000-000000000001"), null);
    private static readonly ClientId Cid = ClientId.TryCreate("01K6ZZZZZZZZZZZZZZZZZZZZZ0", out var cid) ? cid : default;
    private static readonly User Alice = new(new UserId(1), Guid.Parse("0197a3c0-0000-7000-8000-0000000000a1"), UserKind.Account, "alice") { Role = ServerRole.Admin };
    private static readonly User Bob = new(new UserId(2), Guid.Parse("0197a3c0-0000-7000-8000-0000000000b2"), UserKind.Guest, "ボブ");

    private static readonly Dictionary<string, ClientFrame> Client = new()
    {
        ["block"] = new BlockFrame(Cid, "ボブ"),
        ["block_off"] = new BlockFrame(Cid, $"{Bob.Uid}", On: false),
        ["blocks"] = new BlocksFrame("b1"),
        ["report"] = new ReportFrame(Cid, Room, 41, "宣伝です\nagain"),
        ["report_without_a_reason"] = new ReportFrame(Cid, new RoomRef(null, "lobby"), 41),
    };

    private static readonly Dictionary<string, Action<ServerFrameWriter>> Server = new()
    {
        ["welcome_admin"] = w => w.Welcome(new WelcomeContent(
            "minato/0.1.0", null, Alice, "alice", [], new WelcomeLimits(65_536, 64, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(75)))
        {
            Blocks = [Bob],
            OpenReports = 2,
        }),
        ["ok_block"] = w => w.Ok(Cid, new BlockChanged(Alice, Bob, On: true, IsNew: true)),
        ["block"] = w => w.Block(Bob, on: true),
        ["block_off"] = w => w.Block(Bob, on: false),
        ["blocks"] = w => w.Blocks("b1", [Bob]),
        ["reports"] = w => w.OpenReports(2),
    };

    internal static IEnumerable<string> ClientFrames => Client.Keys;

    internal static IEnumerable<string> ServerFrames => Server.Keys;

    [Fact]
    public void Client_frames_are_read_as_what_they_say()
    {
        foreach (var (name, expected) in Client)
            Assert.Equal(expected, ClientFrameReader.Read(Bytes.Utf8(Corpus.Client.Single(c => c.Name == name).Frame.ToJsonString()), out _));
    }

    [Fact]
    public void Server_frames_are_written_as_they_stand_in_the_corpus()
    {
        using var writer = new ServerFrameWriter();
        foreach (var (name, write) in Server)
        {
            write(writer);
            Assert.True(JsonNode.DeepEquals(Corpus.Server.Single(s => s.Name == name).Frame, JsonNode.Parse(writer.Json)), name);
        }
    }

    [Fact]
    public void A_report_tells_what_was_disclosed_and_nothing_more()
    {
        using var writer = new ServerFrameWriter(namesOp: false);
        var open = new Report(7, 5, Bob, "spam", new ReportedRoom(Room.Uid!.Value, RoomKind.Private, "Den"), new ReportedMessage(41, 3, Alice, MessageBody.FromStore(Bytes.Utf8("buy"))));
        var resolved = open with { Reason = null, Message = open.Message with { Body = null }, Resolved = new Resolved(Resolution.Acted, 9, By: null) };
        writer.Reports(new ReportPage(1, [open, resolved], More: false));
        Assert.Equal(
            $$$"""
            {"open":1,"reports":[{"id":7,"at":5,"by":{"id":"{{{Bob.Uid}}}","nick":"ボブ"},"reason":"spam","room":{"id":"{{{Room.Uid}}}","kind":"private","title":"Den"},"message":{"seq":41,"ts":3,"from":{"id":"{{{Alice.Uid}}}","nick":"alice"},"body":"buy"}},
            {"id":7,"at":5,"by":{"id":"{{{Bob.Uid}}}","nick":"ボブ"},"room":{"id":"{{{Room.Uid}}}","kind":"private","title":"Den"},"message":{"seq":41,"ts":3,"from":{"id":"{{{Alice.Uid}}}","nick":"alice"},"erased":true},"resolution":"acted","resolved":9}],"more":false}
            """.ReplaceLineEndings(""), Encoding.UTF8.GetString(writer.Json));
    }

    [Theory]
    [InlineData("reports", "", null)]
    [InlineData("reports", "state=all", "bad_frame")]
    [InlineData("reports", "limit=101", "bad_frame")]
    [InlineData("resolve_report", "id=1", "bad_frame")]
    [InlineData("resolve_report", "id=-1", "bad_frame")]
    [InlineData("purge", "", "bad_frame")]
    public void A_request_about_reports_is_of_its_shape_or_refused(string op, string given, string? code)
    {
        RequestReader.Read(op, isMutation: false, on: null, given.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => (p.Split('=')[0], p.Split('=')[1])), [], out var problem);
        Assert.Equal(code, problem?.Code);
    }
}
