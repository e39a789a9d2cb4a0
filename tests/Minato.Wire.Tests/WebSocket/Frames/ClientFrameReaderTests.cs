using System.Text;
using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Tests.WebSocket.Frames;

public sealed class ClientFrameReaderTests
{
    private static readonly RoomRef Room = new(Guid.Parse("0197a3c0-0000-7000-8000-000000000001"), null);
    private static readonly RoomRef Lobby = new(null, "lobby");
    private static readonly ClientId Cid = ClientId.TryCreate("01K6ZZZZZZZZZZZZZZZZZZZZZ0", out var cid) ? cid : default;

    /// <summary>What each frame of the corpus says. A frame without a line here fails.</summary>
    private static readonly Dictionary<string, ClientFrame> Expected = new()
    {
        ["hello_plain"] = new HelloFrame(null, null, []),
        ["hello_resume"] = new HelloFrame("s3cr3t", null, [(Room, 41)]),
        ["hello_token"] = new HelloFrame(null, "launch", []),
        ["hello_ticket"] = new HelloFrame(null, null, []) { Ticket = "0ne-time" },
        ["hello_want"] = new HelloFrame(null, null, []) { Wants = Wants.Presence | Wants.Typing | Wants.Receipts },
        ["send"] = new SendFrame(Cid, Room, Bytes.Utf8("こんにちは, port!")),
        ["send_by_slug"] = new SendFrame(Cid, Lobby, Bytes.Utf8("two\nlines")),
        ["nick"] = new NickFrame(Cid, "alice"),
        ["create"] = new CreateFrame(Cid, "public", "dev", "Dev"),
        ["direct"] = new DirectFrame(Cid, "ボブ"),
        ["join"] = new JoinFrame(Cid, Room),
        ["leave"] = new LeaveFrame(Cid, Room),
        ["topic"] = new TopicFrame(Cid, Room, "港の話"),
        ["history_newest"] = new HistoryFrame("h1", Room, new PageRequest(null, null, 50)),
        ["history_before"] = new HistoryFrame("h2", Room, new PageRequest(41, null, 50)),
        ["history_after"] = new HistoryFrame("h3", Room, new PageRequest(null, 3, 200)),
        ["read"] = new ReadFrame(Room, 41),
        ["rooms"] = new RoomsFrame("r1"),
        ["who"] = new WhoFrame("w1", Room),
        ["who_after"] = new WhoFrame("w2", Room, Guid.Parse("0197a3c0-0000-7000-8000-0000000000b2")),
        ["members"] = new MembersFrame("m1", Room, new Guid("0197a3c0-0000-7000-8000-0000000000b2"), 2),
        ["receipts"] = new ReceiptsFrame("s1", Room),
        ["pins"] = new PinsFrame("p1", Room),
        ["mentions"] = new MentionsFrame("m1", 20),
        ["typing"] = new TypingFrame(Room),
        ["search"] = new SearchFrame("s1", "東京 \"good morning\"", null, null, 20),
        ["search_room"] = new SearchFrame("s2", "C#", Room, 28218470400016, 20),
        ["ping"] = new PingFrame(),
    };

    [Fact]
    public void Every_client_frame_of_the_corpus_is_read_as_what_it_says()
    {
        Assert.Equal(Expected.Keys.Concat(ActFrameTests.ClientFrames).Concat(RoomFrameTests.ClientFrames).Concat(SafetyFrameTests.ClientFrames).Order(), Corpus.Client.Select(c => c.Name).Order());
        foreach (var (name, frame) in Corpus.Client.Where(c => Expected.ContainsKey(c.Name)))
            foreach (var json in new[] { frame.ToJsonString(), frame.ToJsonString(new() { WriteIndented = true }), frame.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) })
                AssertRead(name, Expected[name], json);
    }

    [Fact]
    public void Every_malformed_text_of_the_corpus_gives_its_code()
    {
        Assert.NotEmpty(Corpus.Malformed);
        foreach (var (name, text, code) in Corpus.Malformed)
        {
            Assert.True(ClientFrameReader.Read(Bytes.Utf8(text), out var problem) is null, name);
            Assert.True(code == problem?.Code, $"{name}: {problem}");
            Assert.EndsWith(".", problem.Message);
        }
    }

    [Fact]
    public void Every_beginning_of_a_frame_is_malformed()
    {
        foreach (var (name, frame) in Corpus.Client)
        {
            var json = Bytes.Utf8(frame.ToJsonString());
            for (var length = 0; length < json.Length; length++)
            {
                Assert.True(ClientFrameReader.Read(json.AsSpan(0, length), out var problem) is null, $"{name}, {length} bytes");
                Assert.Equal("bad_frame", problem?.Code);
            }
        }
    }

    [Theory]
    [InlineData("""{"op":"ping","news":{"a":[1,{"b":null}]},"more":null}""")]
    [InlineData("""{"more":[],"op":"ping"}""")]
    public void Unknown_fields_are_passed_over(string json) => AssertRead(json, new PingFrame(), json);

    [Theory]
    [InlineData("""{"op":"send","cid":"c1","room":"#lobby","body":7}""")]
    [InlineData("""{"op":"send","cid":"c1","room":"#lobby","body":"\ud800"}""")]
    [InlineData("""{"op":"send","cid":"c1","room":"#lobby"}""")]
    [InlineData("""{"op":"dance","cid":"c1"}""")]
    [InlineData("""{"op":"topic","cid":"c1","room":"lobby","topic":""}""")]
    [InlineData("""{"op":"send","body":7,"room":"#lobby","cid":"c1"}""")]
    [InlineData("""{"op":"send","body":"\ud800","more":[{}],"cid":"c1"}""")]
    [InlineData("""{"op":"dance","\u0063id":"\u00631"}""")]
    [InlineData("""{"op":"send","cid":"c1","body":""")]
    public void A_problem_is_told_with_the_cid_that_it_belongs_to(string json)
    {
        Assert.Null(ClientFrameReader.Read(Bytes.Utf8(json), out var problem));
        Assert.Equal("c1", problem?.Cid);
    }

    [Fact]
    public void A_cid_that_is_none_is_not_echoed()
    {
        Assert.Null(ClientFrameReader.Read("""{"op":"join","cid":"é","room":"#lobby"}"""u8, out var problem));
        Assert.Equal(("bad_cid", null), (problem?.Code, problem?.Cid));
    }

    [Theory]
    [InlineData("""{"op":"hello"}""")]
    [InlineData("""{"op":"hello","ver":2}""")]
    [InlineData("""{"op":"hello","ver":1,"auth":"s3cr3t"}""")]
    [InlineData("""{"op":"hello","ver":1,"auth":{"session":1}}""")]
    [InlineData("""{"op":"hello","ver":1,"auth":{"session":"a","session":"b"}}""")]
    [InlineData("""{"op":"hello","ver":1,"resume":{"rooms":[1]}}""")]
    [InlineData("""{"op":"hello","ver":1,"resume":{"rooms":{"a":"1"}}}""")]
    [InlineData("""{"op":"hello","ver":1,"resume":{"rooms":{"a":-1}}}""")]
    public void A_hello_of_another_shape_or_version_is_malformed(string json)
    {
        Assert.Null(ClientFrameReader.Read(Bytes.Utf8(json), out var problem));
        Assert.Equal("bad_frame", problem?.Code);
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void A_resume_names_at_most_1000_rooms(int rooms, bool isRead)
    {
        var names = string.Join(',', Enumerable.Range(0, rooms).Select(i => $"\"#r{i}\":{i}"));
        var json = """{"op":"hello","ver":1,"resume":{"rooms":{NAMES}}}""".Replace("NAMES", names);
        Assert.Equal(isRead, ClientFrameReader.Read(Bytes.Utf8(json), out _) is HelloFrame { Resume.Count: 1_000 });
    }

    private static void AssertRead(string name, ClientFrame expected, string json)
    {
        var frame = ClientFrameReader.Read(Bytes.Utf8(json), out var problem);
        Assert.True(frame is not null, $"{name}: {problem?.Message}");
        switch (expected, frame)
        {
            // Records compare their lists and memories by reference: these two are compared by hand.
            case (HelloFrame hello, HelloFrame read):
                Assert.Equal(hello.Resume, read.Resume);
                Assert.Equal(hello, read with { Resume = hello.Resume });
                break;
            case (DirectFrame direct, DirectFrame read):
                Assert.Equal(direct.Users, read.Users);
                break;
            case (SendFrame send, SendFrame read):
                Assert.Equal(Encoding.UTF8.GetString(send.Body.Span), Encoding.UTF8.GetString(read.Body.Span));
                Assert.Equal(send, read with { Body = send.Body });
                break;
            default:
                Assert.Equal(expected, frame);
                break;
        }
    }
}
