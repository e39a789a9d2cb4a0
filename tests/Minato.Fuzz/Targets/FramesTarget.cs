using System.Text;
using System.Text.Json;
using Minato.Fuzz.Making;
using Minato.Fuzz.Models;
using Minato.Wire.Tests.WebSocket.Frames;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Fuzz.Targets;

/// <summary>
/// A client's JSON: judged as a document would be judged; what is read is what was written, and again when it is written once more;
/// what is refused is refused in a short sentence, with its own id.
/// </summary>
internal sealed class FramesTarget : Target
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 32 };

    public override string Name => "frames";

    public override IReadOnlyList<byte[]> Words { get; } = Utf8(
        "{", "}", "[", "]", ":", ",", "\"", "\\", "\\ud800", "\\u0000", "null", "true", "false", "-0", "1e400", "9007199254740992", "\"op\":", "\"cid\":\"c1\",", "\"cid\":", "\"rid\":\"r\",", "\"seq\":1,",
        "\"after\":1,", "\"room\":\"#lobby\",", "\uFEFF", "港");

    public override IEnumerable<byte[]> Known => Corpus.Client.Select(f => Encoding.UTF8.GetBytes(f.Frame.ToJsonString())).Concat(Corpus.Malformed.Select(m => Encoding.UTF8.GetBytes(m.Text)));

    public override byte[] Make(Source source) => JsonMaker.Frame(source);

    public override string Check(byte[] input, Source cuts)
    {
        // The framing has refused all else before.
        if (!System.Text.Unicode.Utf8.IsValid(input))
            return "no text";
        var frame = ClientFrameReader.Read(input, out var problem);
        Must(frame is null == problem is not null, "Neither a frame nor a problem, or both.");
        CheckProblem(problem);
        using var document = Parsed(input);
        if (document is null)
            Same("bad_frame", problem?.Code, "not JSON");
        else if (TryJudge(document.RootElement, out var code))
        {
            Same(code, problem?.Code, "the model");
            if (problem?.Cid is { } cid)
                SameList([cid], [.. document.RootElement.EnumerateObject().Where(p => p.NameEquals("cid")).Select(p => p.Value.GetString())], "the cid");
        }
        if (frame is not null)
            CheckSame(frame, document!.RootElement);
        return $"{frame?.GetType().Name} {problem?.Code} {problem?.Message.Split('.')[0]} {problem?.Cid is null} {problem?.Rid is null} {document is null}";
    }

    private static void CheckProblem(FrameProblem? problem)
    {
        if (problem is null)
            return;
        Must(problem.Code is "bad_frame" or "bad_cid" or "unknown_op", $"Code {problem.Code}.");
        Must(problem.Message.Length is > 0 and < 300 && problem.Message.EndsWith('.'), $"The sentence: {problem.Message}");
    }

    private static void CheckSame(ClientFrame frame, JsonElement original)
    {
        var text = FrameText.Of(frame);
        var again = ClientFrameReader.Read(Encoding.UTF8.GetBytes(text), out var problem);
        Must(again is not null, $"Written again it is not read: {problem?.Message} {text}");
        Same(text, FrameText.Of(again!), "read again");
        if (frame is HelloFrame)
            return;
        using var written = JsonDocument.Parse(text);
        foreach (var field in written.RootElement.EnumerateObject())
            if (field.Name is "restrict" or "free" && original.TryGetProperty(field.Name, out var names))
                Must(field.Value.EnumerateArray().Select(n => n.GetString()).ToHashSet().SetEquals(names.EnumerateArray().Select(n => n.GetString())), $"{field.Name}: {names.GetRawText()} was read as {field.Value.GetRawText()}.");
            else if (original.TryGetProperty(field.Name, out var value))
                Must(JsonElement.DeepEquals(field.Value, value) || IsSameId(field.Value, value), $"{field.Name}: {value.GetRawText()} was read as {field.Value.GetRawText()}.");
            else if (field.Name == "users" && original.TryGetProperty("user", out var one))
                SameList([one.GetString()], [.. field.Value.EnumerateArray().Select(u => u.GetString())], "the one user");
            else
                Must(field.Name is "on" or "limit" or "kind" or "title", $"{field.Name} came from nowhere.");
    }

    /// <summary>An id means the same in capitals.</summary>
    private static bool IsSameId(JsonElement one, JsonElement other) =>
        Guid.TryParseExact(one.GetString(), "D", out var id) && Guid.TryParseExact(other.GetString(), "D", out var same) && id == same;

    private static JsonDocument? Parsed(byte[] input)
    {
        try
        {
            return JsonDocument.Parse(input, Deep);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>False: half a surrogate pair in a name or a string, of which the model only knows that it is bad where it is read.</summary>
    private static bool TryJudge(JsonElement frame, out string? code)
    {
        code = null;
        try
        {
            code = FrameModel.Judge(frame);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
