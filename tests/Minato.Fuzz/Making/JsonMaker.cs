using System.Text;
using Minato.Fuzz.Models;

namespace Minato.Fuzz.Making;

/// <summary>Frames of a client as text: mostly what the page says, with fields left out, doubled, of another type, or written oddly.</summary>
internal static class JsonMaker
{
    private const string Room = "0197a3c0-0000-7000-8000-000000000001";

    private static readonly string[] Numbers =
        ["0", "1", "41", "200", "201", "9007199254740991", "9007199254740992", "-1", "-0", "1.0", "1e2", "1E-2", "1e400", "01", "9223372036854775808", "123456789012345678901234567890"];

    private static readonly string[] Odd = ["null", "true", "[]", "{}", "[[[1]]]", """{"a":{"b":[null,1.5,"x"]}}""", "tru", "\"", "'x'", "\"\\ud800\"", "\"\\u0000\"", "\"\\x\"", "NaN", ""];

    public static byte[] Frame(Source source)
    {
        var op = source.Pick([.. FrameShape.Of.Keys]);
        var fields = new List<string>();
        if (!source.OneIn(30))
            fields.Add(Field(source, "op", source.OneIn(30) ? "dance" : op));
        foreach (var field in FrameShape.Of[op].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (field.EndsWith('?') ? source.OneIn(2) : !source.OneIn(30))
                fields.Add(Field(source, field.TrimEnd('?'), op));
        while (source.OneIn(6))
            fields.Add(source.OneIn(2) ? Field(source, source.Pick(source.Pick(FrameShape.Texts, FrameShape.Numbers)), op) : $"{Text(source, source.Text(5))}:{Value(source)}");
        while (source.OneIn(15) && fields.Count > 0)
            fields.Add(source.Pick(fields));
        if (source.OneIn(3))
            fields.Sort((_, _) => source.Below(3) - 1);
        return Encoding.UTF8.GetBytes("{" + string.Join(Space(source) + "," + Space(source), fields) + "}" + Space(source));
    }

    private static string Field(Source source, string name, string op) => $"{Text(source, name)}{Space(source)}:{Space(source)}{(source.OneIn(25) ? Value(source) : Proper(source, name, op))}";

    private static string Proper(Source source, string name, string op) => name switch
    {
        "op" => Text(source, op),
        "cid" or "rid" => Text(source, source.OneIn(12) ? source.Text(70) : source.Pick("c1", "01K6ZZZZZZZZZZZZZZZZZZZZZ0", new string('x', 64), new string('x', 65))),
        "room" => Text(source, source.Pick(Room, Room.ToUpperInvariant(), "#lobby", "#", "lobby", "#" + source.Text(4))),
        "role" => Text(source, source.Pick("member", "speaker", "helper", "moderator", "owner", "admin")),
        "history" => Text(source, source.Pick("joined", "all", "none")),
        "posting" => Text(source, source.Pick("everyone", "moderators", "some")),
        "list" => Text(source, source.Pick("ban", "mute", "ban_exception", "mute_exception", "invite_exception", "bans")),
        "link" => Text(source, source.Pick(Room, "mZk3vYqv1s0xJr0Zk2m8n8xv5m0JkT3xQh6pTq2cB0E", "x")),
        "users" => source.Pick("[]", """["bob"]""", """["bob","ボブ"]""", "[1]", "{}", """["a",null]""", "[" + string.Join(',', Enumerable.Repeat("\"u\"", source.Length(22, 19, 20, 21))) + "]"),
        "restrict" or "free" => source.Pick("[]", """["invite_only"]""", """["unlisted","topic_locked","members_only"]""", """["none"]""", "[1]", "{}"),
        "kind" => Text(source, source.Pick("public", "private", "direct")),
        "on" => source.Pick("true", "false", "1"),
        "after" => source.OneIn(2) ? source.Pick(Numbers) : Text(source, source.Pick(Room, "x")),
        "limit" => source.Pick("0", "1", "50", "51", "200", "201", "500", "501"),
        "ver" => source.OneIn(10) ? "2" : "1",
        "auth" => source.Pick("{}", """{"session":"s"}""", """{"token":"t","other":1}""", """{"ticket":"t"}""", """{"ticket":1}""", """{"session":"s","session":"s"}""", "[]", """{"session":1}"""),
        "want" => source.Pick("[]", """["typing","presence"]""", """["receipts","news"]""", "[1]", "{}", """[["typing"]]"""),
        "resume" => source.Pick("{}", """{"rooms":{}}""", """{"rooms":{"#lobby":41,"x":0}}""", """{"rooms":{"a":1,"a":2}}""", """{"rooms":{"a":-1}}""", """{"rooms":[],"x":1}"""),
        _ when FrameShape.Numbers.Contains(name) => source.OneIn(3) ? source.Pick(Numbers) : $"{source.Below(260)}",
        _ => Text(source, source.Text(20)),
    };

    private static string Value(Source source) => source.Below(4) switch
    {
        0 => source.Pick(Numbers),
        1 => Text(source, source.Text(6)),
        2 when source.OneIn(6) => new string('[', source.Length(40, 29, 30, 31, 32)) + "1",
        _ => source.Pick(Odd),
    };

    /// <summary>The string, some of its characters escaped.</summary>
    private static string Text(Source source, string text)
    {
        var json = new StringBuilder("\"");
        var escapes = source.OneIn(4);
        foreach (var c in text)
            json.Append(c is '"' or '\\' or < ' ' || (escapes && source.OneIn(3)) ? $"\\u{(int)c:x4}" : $"{c}");
        return json.Append('"').ToString();
    }

    private static string Space(Source source) => source.OneIn(12) ? source.Pick(" ", "\n", "\t", "\r\n", "  ", "\u00A0", "/**/") : "";
}
