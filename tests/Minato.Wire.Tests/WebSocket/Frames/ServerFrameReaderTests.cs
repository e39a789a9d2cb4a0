using System.Text.Json;
using System.Text.Json.Nodes;
using Minato.Core.Rights;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Tests.WebSocket.Frames;

public sealed class ServerFrameReaderTests
{
    public static TheoryData<string> Names => [.. Corpus.Server.Select(s => s.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Every_server_frame_of_the_corpus_is_read_whole(string name)
    {
        var expected = Frame(name);
        var printed = ServerFramePrint.Of(Read(expected));
        Assert.True(JsonNode.DeepEquals(expected, printed), $"Expected {expected.ToJsonString()}, got {printed.ToJsonString()}.");
    }

    [Theory, MemberData(nameof(Names))]
    public void A_frame_that_ends_too_early_is_a_problem_at_every_byte_and_never_an_exception(string name)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(Frame(name));
        for (var length = 0; length < json.Length; length++)
        {
            Assert.Null(ServerFrameReader.Read(json.AsMemory(0, length), out var problem));
            Assert.NotNull(problem);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_field_of_another_type_is_a_problem_or_is_not_looked_at(string name)
    {
        foreach (var field in Frame(name).Select(f => f.Key).Where(f => f is not "ver"))
        {
            var bent = Frame(name);
            bent[field] = new JsonArray(JsonValue.Create(1.5));
            var read = ServerFrameReader.Read(JsonSerializer.SerializeToUtf8Bytes(bent), out var problem);
            // The id of a message is its room and seq; whoever knows these does not read it.
            Assert.True(read is null ? problem is not null : field is "id" or "capabilities", $"{name}.{field}: {read}");
        }
    }

    [Fact]
    public void What_only_a_newer_server_says_is_unknown_and_an_event_still_has_its_place()
    {
        Assert.Equal(new UnknownFrame("dance"), Read(JsonNode.Parse("""{"op":"dance","room":7}""")!.AsObject()));
        Assert.Equal(new UnknownFrame("eph"), Read(JsonNode.Parse("""{"op":"eph","type":"mood","room":7}""")!.AsObject()));
        var ev = Frame("ev_join");
        ev["type"] = "dance";
        ev["more"] = new JsonObject();
        Assert.Equal((44L, "dance"), Assert.IsType<UnknownEvent>(Read(ev)) is var unknown ? (unknown.Seq, unknown.Type) : default);
    }

    [Fact]
    public void A_role_that_only_a_newer_server_knows_is_a_members()
    {
        var (entered, changed) = (Frame("room_helper"), Frame("ev_role_helper"));
        (entered["room"]!["role"], changed["role"]) = ("harbourmaster", "harbourmaster");
        Assert.Equal(Standing.Member, Assert.IsType<RoomFrame>(Read(entered)).Room.Role);
        Assert.Equal(Standing.Member, Assert.IsType<RoleEvent>(Read(changed)).Role);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"op":7}""")]
    [InlineData("""{"op":"pong"} {}""")]
    [InlineData("""{"op":"gone","room":"lobby"}""")]
    [InlineData("""{"op":"bye","code":"draining","retryAfter":-1}""")]
    [InlineData("""{"op":"error","code":"\ud800","message":""}""")]
    public void What_is_no_frame_is_a_problem(string text)
    {
        Assert.Null(ServerFrameReader.Read(Bytes.Utf8(text), out var problem));
        Assert.NotNull(problem);
    }

    [Fact]
    public void A_wait_is_never_longer_than_a_day() => Assert.Equal(
        TimeSpan.FromDays(1),
        Assert.IsType<ByeFrame>(Read(JsonNode.Parse("""{"op":"bye","code":"draining","retryAfter":9223372036854775807}""")!.AsObject())).RetryAfter);

    private static JsonObject Frame(string name) => Corpus.Server.Single(s => s.Name == name).Frame.DeepClone().AsObject();

    private static ServerFrame Read(JsonObject json) =>
        ServerFrameReader.Read(JsonSerializer.SerializeToUtf8Bytes(json), out var problem) ?? throw new InvalidOperationException(problem);
}
