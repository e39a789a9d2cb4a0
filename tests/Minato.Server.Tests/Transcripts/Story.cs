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
            "leave" when ev.TryGetProperty("heir", out var heir) => $"{who} left the room to {Nick(heir)}",
            "leave" => $"{who} left",
            "posting" => ev.GetProperty("posting").GetString() == "moderators" ? $"{who} made announcements of it" : $"{who} let everyone post",
            "slow" => ev.TryGetProperty("seconds", out var seconds) ? $"{who} set {seconds} seconds" : $"{who} ended the slow mode",
            "transfer" => $"{who} handed the room to {Nick(ev.GetProperty("subject"))}",
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
        : OrderLine().Match(line) is { Success: true } order ? OfOrder(order.Groups["who"].Value, order.Groups["what"].Value)
        : throw new FormatException($"The story knows no line like: {line}");

    /// <summary>What an IRC client is told while it happens. Null: of people who come and go, or said to this client only.</summary>
    public static string? OfIrc(string line)
    {
        if (IrcLine().Match(line) is not { Success: true } told)
            return null;
        var (who, text) = (told.Groups["who"].Value.Split('!')[0], told.Groups["text"].Value);
        return (told.Groups["command"].Value, text) switch
        {
            ("PRIVMSG", _) => $"{who}: {text[1..]}",
            ("TOPIC", _) => $"{who} set the topic: {text[1..]}",
            ("MODE", "+m") => $"{who} made announcements of it",
            ("MODE", "-m") => $"{who} let everyone post",
            ("MODE", "+q-q+o harry wendy wendy") => "wendy handed the room to harry",
            ("NOTICE", _) => OfLine($"* {text[1..]}"),
            _ => throw new FormatException($"The story knows no line like: {line}"),
        };
    }

    private static string OfOrder(string who, string what) => what switch
    {
        "made #dock a room of announcements: moderators post." => $"{who} made announcements of it",
        "lets everyone post in #dock." => $"{who} let everyone post",
        "put #dock in slow mode: one message in 30 seconds." => $"{who} set 30 seconds",
        "ended the slow mode of #dock." => $"{who} ended the slow mode",
        "handed #dock over to harry." => $"{who} handed the room to harry",
        "left #dock to wendy." => $"{who} left the room to wendy",
        _ => throw new FormatException($"The story knows no order like: {what}"),
    };

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

    [GeneratedRegex(@"^\* (?<who>\S+) (?<what>(made|lets|put|ended|handed|left) .*#dock.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OrderLine();

    [GeneratedRegex(@"^(?<seq>\d+) #dock <(?<who>[^>]+)> (?<text>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberedLine();

    [GeneratedRegex(@"^:(?<who>\S+) (?<command>PRIVMSG|TOPIC|MODE|NOTICE|KICK) #dock (?<text>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IrcLine();

    [GeneratedRegex(@"^\S+ (joined|left|made the room)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comings();
}
