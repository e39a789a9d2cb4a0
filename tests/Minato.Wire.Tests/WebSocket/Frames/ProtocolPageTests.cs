using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Tests.WebSocket.Frames;

/// <summary>The page, the corpus and the code name the same: who writes a client from one is told nothing else by the others.</summary>
public sealed partial class ProtocolPageTests
{
    private static readonly string Sources = Path.GetDirectoryName(Corpus.Find("src", "Minato.Wire", "WebSocket", "Frames", "ClientFrameReader.cs"))!;

    [Fact]
    public void Every_op_that_a_client_may_send_is_in_the_page_and_in_the_corpus()
    {
        var read = Found(Source("ClientFrameReader.cs"), ReadOp());
        Same(read, Corpus.Client.Select(c => (string)c.Frame["op"]!));
        Same(read, ProtocolPage.Ops.Where(op => Problem($$"""{"op":"{{op}}"}""")?.Code != "unknown_op"));
    }

    [Fact]
    public void Every_op_that_the_server_sends_is_in_the_page_and_in_the_corpus()
    {
        var written = Directory.GetFiles(Sources, "ServerFrameWriter*.cs").Where(f => !f.EndsWith(".Http.cs", StringComparison.Ordinal)).SelectMany(file => Found(File.ReadAllText(file), WrittenOp())).ToHashSet();
        Same(written, Corpus.Server.Select(s => (string)s.Frame["op"]!));
        Same(written.Concat(Corpus.Client.Select(c => (string)c.Frame["op"]!)), ProtocolPage.Ops);
    }

    [Fact]
    public void Every_type_of_event_is_in_the_page_and_in_the_corpus()
    {
        var types = Enum.GetValues<EventKind>().Select(kind => Encoding.UTF8.GetString(EventFields.Type(kind))).ToList();
        Same(types, TypesOf("ev"));
        Same(types, ProtocolPage.FirstColumn("Events").Except(["type"]));
    }

    [Fact]
    public void Every_type_of_ephemeral_is_in_the_page_and_in_the_corpus()
    {
        Same(ProtocolPage.EphemeralTypes, TypesOf("eph"));
        Same(Enum.GetNames<Wants>().Except([nameof(Wants.None)]).Select(want => want.ToLowerInvariant()), TypesOf("eph"));
        Same(Found(Source("ServerFrameWriter.Ephemerals.cs"), WrittenType()), TypesOf("eph"));
    }

    [Fact]
    public void Every_code_of_an_error_is_in_the_page_and_in_the_corpus()
    {
        var codes = Enum.GetValues<Refusal>().Select(Codes.Of).Concat(["bad_frame", "unknown_op", "bad_cid"]).ToList();
        Same(codes, Corpus.Codes("errors"));
        Same(codes, ProtocolPage.FirstColumn("Errors"));
        Assert.Subset(codes.ToHashSet(), Corpus.Server.Where(s => (string)s.Frame["op"]! == "error").Select(s => (string)s.Frame["code"]!).ToHashSet());
    }

    [Fact]
    public void Every_code_of_a_close_is_in_the_page_and_in_the_corpus() => Same(ProtocolPage.CloseCodes, Corpus.Codes("closes"));

    [Fact]
    public void Every_reason_of_a_reset_is_in_the_page() => Assert.Superset(Corpus.Codes("resets").ToHashSet(), ProtocolPage.Words.ToHashSet());

    [Fact]
    public void Every_field_of_the_corpus_is_named_in_the_page() =>
        Assert.Empty(Fields(Corpus.Client.Concat(Corpus.Server)).Except(ProtocolPage.Words));

    [Fact]
    public void Every_field_of_the_pages_frames_is_in_the_corpus() =>
        Assert.Empty(ProtocolPage.FieldsOfFrames.Except(Fields(Corpus.Client.Concat(Corpus.Server))));

    [Fact]
    public void Every_field_that_is_read_is_in_the_corpus()
    {
        var read = Found(Source("FrameFields.cs"), ReadField());
        Assert.Superset(new HashSet<string>(["op", "cid", "resume", "after"]), read);
        // The same reader serves HTTP, whose page names these.
        Same(["archived", "capacity", "person", "retention", "slow"], read.Except(Fields(Corpus.Client)));
        // What no reader here looks at: told for others' sake.
        Same(["client"], Fields(Corpus.Client).Except(read).Except(["session", "token", "ticket", "rooms"]));
    }

    private static FrameProblem? Problem(string json)
    {
        ClientFrameReader.Read(Bytes.Utf8(json), out var problem);
        return problem;
    }

    private static IEnumerable<string> TypesOf(string op) => Corpus.Server.Where(s => (string)s.Frame["op"]! == op).Select(s => (string)s.Frame["type"]!);

    private static HashSet<string> Fields(IEnumerable<(string Name, JsonNode Frame)> frames) => [.. frames.SelectMany(f => Names(f.Frame))];

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        // In a resume the names are rooms.
        JsonObject json => json.Where(field => !Guid.TryParse(field.Key, out _)).SelectMany(field => Names(field.Value).Prepend(field.Key)),
        JsonArray list => list.SelectMany(Names),
        _ => [],
    };

    private static void Same(IEnumerable<string> expected, IEnumerable<string> actual) => Assert.Equal(expected.Distinct().Order(), actual.Distinct().Order());

    private static string Source(string file) => File.ReadAllText(Path.Combine(Sources, file));

    private static HashSet<string> Found(string source, Regex regex)
    {
        var found = regex.Matches(source).Select(m => m.Groups["it"].Value).ToHashSet();
        Assert.NotEmpty(found);
        return found;
    }

    [GeneratedRegex("""^        "(?<it>\w+)" => new \w+Frame\(""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex ReadOp();

    [GeneratedRegex("""case "(?<it>\w+)\u0022""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex ReadField();

    [GeneratedRegex("""(Open|RoomFrame)\("(?<it>\w+)"u8""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex WrittenOp();

    [GeneratedRegex("""OpenEphemeral\("(?<it>\w+)"u8""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex WrittenType();
}
