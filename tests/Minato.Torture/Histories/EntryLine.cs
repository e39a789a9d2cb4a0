using System.Globalization;

namespace Minato.Torture.Histories;

/// <summary>Entries as lines that people can read and search: <c>AT ACTOR KIND field…</c>, with single spaces. Only the last field of a complaint has spaces in it.</summary>
internal static class EntryLine
{
    public static string Write(Entry entry)
    {
        var fields = entry switch
        {
            Began e => $"began {e.User}",
            Connected e => $"connected {e.Node}",
            Lost => "lost",
            Sent e => $"sent {e.Cid} {e.Op} {e.Room} {e.Target} {e.Subject}",
            Acked e => $"acked {e.Cid} {e.Room} {e.Seq}",
            Refused e => $"refused {e.Cid} {e.Code}",
            Follows e => $"follows {e.Room} {e.Head}",
            Resumed e => $"resumed {e.Room} {e.Word} {e.From} {e.Head}",
            Gone e => $"gone {e.Room}",
            Saw e => $"saw {e.Room} {e.Seq} {e.Type} {e.Post} {e.Ts} {e.User} {e.Text} {e.Target} {e.Subject}",
            Page e => $"page {e.Room} {e.Head} {e.AskedAt}",
            Held e => $"held {e.Room} {e.Head} {e.Seq} {e.Post} {e.Ts} {e.User} {e.Text} {(e.Deleted ? 1 : 0)}",
            Stood e => $"stood {e.Room} {(e.Member ? 1 : 0)} {e.Head} {e.Posts} {e.Read} {e.Unread}",
            ReadTo e => $"read {e.Room} {e.Seq} {e.Unread}",
            Marked e => $"marked {e.Room} {e.Seq}",
            Known e => $"known {e.Session}",
            Uploaded e => $"uploaded {e.Path} {e.Print}",
            BackedUp e => $"backed-up {e.File} {e.Began}",
            Restored => "restored",
            Ended e => $"ended {e.Room} {e.Seq}",
            Typed e => $"typed {e.Room} {e.Text}",
            Line e => $"line {e.Room} {e.Text}",
            Heard e => $"heard {e.Room} {e.Seq} {e.Ts} {e.Text}",
            Recalled e => $"recalled {e.Room} {e.AskedAt} {e.After} {e.Seq} {e.Ts} {e.Text}",
            CaughtUp e => $"caught-up {e.Room} {e.AskedAt} {e.Seq}",
            Complained e => $"complained {e.What.ReplaceLineEndings(" ")}",
            Struck e => $"struck {e.Fault} {e.Until} {e.Node}",
            _ => throw new ArgumentOutOfRangeException(nameof(entry), entry, null),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{entry.At} {entry.Actor} {fields}");
    }

    /// <exception cref="FormatException">It is not a whole line of ours: a process was killed while it wrote.</exception>
    public static Entry Read(string line)
    {
        var f = line.Split(' ');
        if (f.Length < 3)
            throw new FormatException($"Not an entry: {line}");
        var (at, actor) = (Number(f[0]), f[1]);
        return (f[2], f.Length - 3) switch
        {
            ("began", 1) => new Began(at, actor, f[3]),
            ("connected", 1) => new Connected(at, actor, (int)Number(f[3])),
            ("lost", 0) => new Lost(at, actor),
            ("sent", 5) => new Sent(at, actor, f[3], f[4], f[5], Number(f[6]), f[7]),
            ("acked", 3) => new Acked(at, actor, f[3], f[4], Number(f[5])),
            ("refused", 2) => new Refused(at, actor, f[3], f[4]),
            ("follows", 2) => new Follows(at, actor, f[3], Number(f[4])),
            ("resumed", 4) => new Resumed(at, actor, f[3], f[4], Number(f[5]), Number(f[6])),
            ("gone", 1) => new Gone(at, actor, f[3]),
            ("saw", 9) => new Saw(at, actor, f[3], Number(f[4]), f[5], Number(f[6]), Number(f[7]), f[8], f[9], Number(f[10]), f[11]),
            ("page", 3) => new Page(at, actor, f[3], Number(f[4]), Number(f[5])),
            ("held", 8) => new Held(at, actor, f[3], Number(f[4]), Number(f[5]), Number(f[6]), Number(f[7]), f[8], f[9], f[10] == "1"),
            ("stood", 6) => new Stood(at, actor, f[3], f[4] == "1", Number(f[5]), Number(f[6]), Number(f[7]), Number(f[8])),
            ("read", 3) => new ReadTo(at, actor, f[3], Number(f[4]), Number(f[5])),
            ("marked", 2) => new Marked(at, actor, f[3], Number(f[4])),
            ("known", 1) => new Known(at, actor, f[3]),
            ("uploaded", 2) => new Uploaded(at, actor, f[3], f[4]),
            ("backed-up", 2) => new BackedUp(at, actor, f[3], Number(f[4])),
            ("restored", 0) => new Restored(at, actor),
            ("ended", 2) => new Ended(at, actor, f[3], Number(f[4])),
            ("typed", 2) => new Typed(at, actor, f[3], f[4]),
            ("line", 2) => new Line(at, actor, f[3], f[4]),
            ("heard", 4) => new Heard(at, actor, f[3], Number(f[4]), Number(f[5]), f[6]),
            ("recalled", 6) => new Recalled(at, actor, f[3], Number(f[4]), Number(f[5]), Number(f[6]), Number(f[7]), f[8]),
            ("caught-up", 3) => new CaughtUp(at, actor, f[3], Number(f[4]), Number(f[5])),
            ("complained", _) => new Complained(at, actor, string.Join(' ', f[3..])),
            ("struck", 3) => new Struck(at, actor, f[3], Number(f[4]), (int)Number(f[5])),
            _ => throw new FormatException($"Not an entry: {line}"),
        };
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
