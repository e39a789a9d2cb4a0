using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// CAP LS [version] | CAP LIST | CAP REQ :cap *( SP cap ) | CAP END   https://ircv3.net/specs/extensions/capability-negotiation
internal static class Capabilities
{
    /// <summary>The version from which on values are shown, and changes told.</summary>
    private const int WithValues = 302;

    /// <summary>Bytes of names in one line.</summary>
    private const int MaxNames = 400;

    internal static async ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        switch (message[0].ToUpperInvariant())
        {
            case "LS":
                List(session, message[1]);
                break;
            case "LIST":
                Say(session, "LIST", IrcCapNames.All.Where(c => session.Caps.HasFlag(c.Cap)).Select(c => c.Name));
                break;
            case "REQ":
                Request(session, message[1]);
                break;
            case "END":
                session.Registration.IsNegotiating = false;
                await Registration.TryCompleteAsync(session);
                break;
            default:
                session.Replies.Add(Numeric.InvalidCapCommand, message[0].Length is 0 or > 32 || message[0].Contains(' ') ? "*" : message[0], "Invalid CAP command");
                break;
        }
    }

    private static void List(IrcSession session, string version)
    {
        session.Registration.IsNegotiating |= !session.IsRegistered;
        if (int.TryParse(version, out var number) && number >= WithValues)
        {
            session.Registration.KnowsValues = true;
            session.ChangeCaps(session.Caps | IrcCaps.CapNotify);
        }
        Say(session, "LS", Offered(session).Select(name => session.Registration.KnowsValues ? WithValue(name) : name));
    }

    private static string WithValue(string name) => name switch
    {
        "sasl" => "sasl=PLAIN",
        "draft/multiline" => $"draft/multiline=max-bytes={Multiline.MaxBytes},max-lines={Multiline.MaxLines}",
        _ => name,
    };

    private static void Request(IrcSession session, string names)
    {
        session.Registration.IsNegotiating |= !session.IsRegistered;
        var caps = session.Caps;
        var isGiven = true;
        foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var isOff = name.StartsWith('-');
            var wanted = isOff ? name[1..] : name;
            if (IrcCapNames.Find(wanted) is not { } cap || !Offered(session).Contains(wanted))
                isGiven = false;
            else if (!isOff)
                caps |= cap;
            // A client of 302 is told of changes whether it likes or not.
            else if (cap == IrcCaps.CapNotify && session.Registration.KnowsValues)
                isGiven = false;
            else
                caps &= ~cap;
        }
        if (isGiven)
            session.ChangeCaps(caps);
        session.Replies.Begin("CAP").Word(session.ShownNick).Word(isGiven ? "ACK" : "NAK").End(names.Trim());
    }

    /// <summary>SASL where there are accounts to log in to.</summary>
    private static IEnumerable<string> Offered(IrcSession session) =>
        IrcCapNames.All.Where(c => c.Cap != IrcCaps.Sasl || session.Services.Admission.Access != Access.Token).Select(c => c.Name);

    private static void Say(IrcSession session, string subcommand, IEnumerable<string> names)
    {
        var lines = new List<string> { "" };
        foreach (var name in names)
        {
            if (lines[^1].Length + name.Length >= MaxNames)
                lines.Add("");
            lines[^1] += lines[^1].Length == 0 ? name : $" {name}";
        }
        // Only who knows of several lines is sent them; the others never had so many to know of.
        if (!session.Registration.KnowsValues)
            lines = [string.Join(' ', lines)];
        for (var i = 0; i < lines.Count; i++)
        {
            var writer = session.Replies.Begin("CAP").Word(session.ShownNick).Word(subcommand);
            if (i + 1 < lines.Count)
                writer.Word("*");
            writer.End(lines[i]);
        }
    }
}
