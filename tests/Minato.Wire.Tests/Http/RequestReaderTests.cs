using System.Text;
using Minato.Wire.Http;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Tests.Http;

/// <summary>A request says what a frame says: what the address holds and what the body holds are one.</summary>
public sealed class RequestReaderTests
{
    private const string Room = "0197a000-0000-7000-8000-000000000001";

    [Theory]
    [InlineData("send", """{"body":"hi","replyTo":4}""", """{"op":"send","cid":"c","room":"#lobby","body":"hi","replyTo":4}""", "room=lobby")]
    [InlineData("edit", """{"body":"ho"}""", """{"op":"edit","cid":"c","room":"ROOM","seq":7,"body":"ho"}""", "room=ROOM", "seq=7")]
    [InlineData("ban", """{"until":5}""", """{"op":"ban","cid":"c","room":"#dev","user":"bob","until":5}""", "room=%dev", "user=bob")]
    [InlineData("nick", """{"nick":"ann"}""", """{"op":"nick","cid":"c","nick":"ann"}""")]
    public void A_change_is_the_frame_of_the_same_words(string op, string body, string frame, params string[] given)
    {
        var words = given.Select(g => g.Replace("ROOM", Room).Replace('%', '#').Split('=')).Select(g => (g[0], g[1])).Append(("cid", "c"));
        var request = RequestReader.Read(op, isMutation: true, on: null, words, Encoding.UTF8.GetBytes(body), out var problem);
        Assert.Null(problem);
        var expected = ClientFrameReader.Read(Encoding.UTF8.GetBytes(frame.Replace("ROOM", Room)), out _);
        Assert.Equal(Said(expected!), Said(request!));
    }

    [Theory]
    [InlineData("history", """{"op":"history","room":"#lobby","before":9,"limit":5}""", "before=9", "limit=5")]
    [InlineData("history", """{"op":"history","room":"#lobby","after":0,"thread":2}""", "after=0", "thread=2")]
    [InlineData("members", """{"op":"members","room":"#lobby","after":"0197a000-0000-7000-8000-000000000001"}""", "after=" + Room)]
    public void A_question_is_the_frame_of_the_same_words(string op, string frame, params string[] given)
    {
        var words = given.Select(g => g.Split('=')).Select(g => (g[0], g[1])).Append(("room", "lobby"));
        Assert.Equal(Said(ClientFrameReader.Read(Encoding.UTF8.GetBytes(frame), out _)!), Said(RequestReader.Read(op, isMutation: false, on: null, words, [], out _)!));
    }

    [Theory]
    [InlineData("""{"archived":true}""", typeof(ArchiveFrame))]
    [InlineData("""{"title":"x"}""", typeof(TitleFrame))]
    [InlineData("""{"slug":"x"}""", typeof(SlugFrame))]
    [InlineData("""{"topic":""}""", typeof(TopicFrame))]
    [InlineData("""{"history":"all"}""", typeof(NewcomersFrame))]
    [InlineData("""{"retention":30}""", typeof(RetentionFrame))]
    [InlineData("""{"retention":null}""", typeof(RetentionFrame))]
    public void A_rooms_change_is_one_frame(string body, Type frame) => Assert.IsType(frame, Change(body, out _));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"title":"x","topic":"y"}""")]
    [InlineData("""{"retention":30,"retention":null}""")]
    [InlineData("""{"retention":null,"retention":null}""")]
    [InlineData("""{"archived":1}""")]
    [InlineData("""{"retention":-1}""")]
    public void More_than_one_change_or_none_is_a_problem(string body)
    {
        Assert.Null(Change(body, out var problem));
        Assert.Equal("bad_frame", problem!.Code);
    }

    /// <summary>Over WebSocket these are fields of no frame, and passed over as such.</summary>
    [Fact]
    public void What_only_requests_say_is_unknown_to_frames()
    {
        var frame = ClientFrameReader.Read("""{"op":"archive","cid":"c","room":"#lobby","archived":3,"retention":"x","wait":{}}"""u8, out _);
        Assert.IsType<ArchiveFrame>(frame);
        Assert.Null(ClientFrameReader.Read("""{"op":"events","room":"#lobby"}"""u8, out var problem));
        Assert.Equal("unknown_op", problem!.Code);
    }

    [Fact]
    public void A_change_without_a_client_id_says_how_to_give_one()
    {
        Assert.Null(RequestReader.Read("join", isMutation: true, on: null, [("room", "lobby")], [], out var problem));
        Assert.Equal("bad_cid", problem!.Code);
        Assert.IsType<JoinFrame>(RequestReader.Read("join", isMutation: true, on: null, [("room", "lobby")], """{"cid":"c"}"""u8, out _));
    }

    private static ClientFrame? Change(string body, out FrameProblem? problem) =>
        RequestReader.Read("change", isMutation: true, on: null, [("cid", "c"), ("room", "lobby")], Encoding.UTF8.GetBytes(body), out problem);

    /// <summary>A record's words, with a body as its text.</summary>
    private static string Said(ClientFrame frame) => frame switch
    {
        SendFrame send => $"{send with { Body = default }} {Encoding.UTF8.GetString(send.Body.Span)}",
        EditFrame edit => $"{edit with { Body = default }} {Encoding.UTF8.GetString(edit.Body.Span)}",
        _ => $"{frame}",
    };
}
