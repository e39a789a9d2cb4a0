using System.Text.Json;
using System.Text.RegularExpressions;

namespace Minato.Server.Tests.Transcripts;

/// <summary>What happened in a room, in words that are the same whatever protocol told it.</summary>
internal static partial class Story
{
    /// <summary>An <c>ev</c> frame, or an event of HTTP.</summary>
    public static string OfEvent(JsonElement ev)
    {
        var who = Nick(ev.GetProperty("from"));
        return ev.GetProperty("type").GetString() switch
        {
            "create" => $"{who} made the room",
            "join" => $"{who} joined",
            "leave" => $"{who} left",
            "post" => $"{who}: {Text(ev)}",
            "edit" => $"{who} edited {ev.GetProperty("target")}: {Text(ev)}",
            "delete" => $"{who} deleted {ev.GetProperty("target")}",
            "topic" => $"{who} set the topic: {ev.GetProperty("topic").GetString()}",
            var type => throw new InvalidOperationException($"The story knows no {type}."),
        };
    }

    /// <summary>A message of a page, as of now.</summary>
    public static string OfMessage(JsonElement message) => $"{message.GetProperty("seq")} {Nick(message.GetProperty("from"))}: {Text(message)}";

    /// <summary>What a terminal is told while it happens. Null: said to this terminal only.</summary>
    public static string? OfLine(string line) =>
        PostLine().Match(line) is { Success: true } post ? $"{post.Groups["who"]}: {post.Groups["text"]}"
        : EditLine().Match(line) is { Success: true } edit ? $"{edit.Groups["who"]} edited {edit.Groups["seq"]}: {edit.Groups["text"]}"
        : DeleteLine().Match(line) is { Success: true } delete ? $"{delete.Groups["who"]} deleted {delete.Groups["seq"]}"
        : TopicLine().Match(line) is { Success: true } topic ? $"{topic.Groups["who"]} set the topic: {topic.Groups["text"]}"
        : line.StartsWith("* You ", StringComparison.Ordinal) ? null
        : throw new FormatException($"The story knows no line like: {line}");

    /// <summary>What <c>/history</c> and <c>/since</c> show.</summary>
    public static string OfNumberedLine(string line) =>
        NumberedLine().Match(line) is { Success: true } message
            ? $"{message.Groups["seq"]} {message.Groups["who"]}: {message.Groups["text"]}"
            : throw new FormatException($"No numbered message: {line}");

    /// <summary>Terminals are told what is said, not who comes and goes.</summary>
    public static IEnumerable<string> AsTerminalsHear(IEnumerable<string> story) => story.Where(s => !Comings().IsMatch(s));

    /// <summary>Null: the same story. Else where it first differs.</summary>
    public static string? Compare(IEnumerable<string> one, IEnumerable<string> other)
    {
        string[] left = [.. one], right = [.. other];
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
            if (i >= left.Length || i >= right.Length || left[i] != right[i])
                return $"At {i}: \"{left.ElementAtOrDefault(i)}\", and \"{right.ElementAtOrDefault(i)}\".";
        return null;
    }

    private static string Nick(JsonElement user) => user.GetProperty("nick").GetString()!;

    private static string Text(JsonElement said) => said.TryGetProperty("body", out var body) ? body.GetString()! : "(erased)";

    [GeneratedRegex("^#dock <(?<who>[^>]+)> (?<text>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PostLine();

    [GeneratedRegex(@"^\* (?<who>\S+) edited message (?<seq>\d+) in #dock: (?<text>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EditLine();

    [GeneratedRegex(@"^\* (?<who>\S+) deleted message (?<seq>\d+) in #dock\.$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DeleteLine();

    [GeneratedRegex(@"^\* (?<who>\S+) set the topic of #dock: (?<text>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TopicLine();

    [GeneratedRegex(@"^(?<seq>\d+) #dock <(?<who>[^>]+)> (?<text>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberedLine();

    [GeneratedRegex(@"^\S+ (joined|left|made the room)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comings();
}
