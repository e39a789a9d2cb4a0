using System.Text.Json;
using System.Text.Json.Nodes;
using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Tests.WebSocket.Frames;

/// <summary>What the server's reader understands, the client's writer says: held against each other and against the corpus.</summary>
public sealed class ClientFrameWriterTests
{
    /// <summary>What the server takes anyway, where the corpus leaves it out.</summary>
    private static readonly Dictionary<string, JsonNode> Defaults = new() { ["history"] = 50, ["members"] = 200, ["mentions"] = 50, ["search"] = 20 };

    public static TheoryData<string> Names => [.. Corpus.Client.Select(c => c.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Every_client_frame_of_the_corpus_is_written_as_it_stands_there(string name)
    {
        var expected = Corpus.Client.Single(c => c.Name == name).Frame.DeepClone().AsObject();
        var frame = Read(JsonSerializer.SerializeToUtf8Bytes(expected));
        if (frame is HelloFrame hello)
            frame = hello with { Client = (string?)expected["client"] };
        // What the server does not know, its reader has passed over.
        if (name == "hello_want")
            expected["want"]!.AsArray().RemoveAt(3);
        if (Defaults.TryGetValue((string)expected["op"]!, out var limit) && expected["limit"] is null)
            expected["limit"] = limit.DeepClone();
        var written = JsonNode.Parse(ClientFrameWriter.Write(frame))!;
        Assert.True(JsonNode.DeepEquals(expected, written), $"Expected {expected.ToJsonString()}, got {written.ToJsonString()}.");
    }

    [Fact]
    public void Text_stands_in_a_frame_as_it_is_and_not_as_escapes()
    {
        Assert.True(ClientId.TryCreate("1", out var cid));
        var text = Bytes.Utf8("港 <b>+'&");
        Assert.Contains("\"body\":\"港 <b>+'&\"", System.Text.Encoding.UTF8.GetString(ClientFrameWriter.Write(new SendFrame(cid, new RoomRef(null, "lobby"), text))));
    }

    [Fact]
    public void The_largest_body_fits_into_the_largest_frame_however_it_is_escaped()
    {
        Assert.True(ClientId.TryCreate(new string('c', ClientId.MaxLength), out var cid));
        var quotes = Enumerable.Repeat((byte)'"', MessageBody.MaxBytes).ToArray();
        Assert.InRange(ClientFrameWriter.Write(new SendFrame(cid, new RoomRef(Guid.Empty, null), quotes)).Length, MessageBody.MaxBytes, 64 * 1024);
    }

    private static ClientFrame Read(byte[] json) => ClientFrameReader.Read(json, out var problem) ?? throw new InvalidOperationException(problem!.Message);
}
