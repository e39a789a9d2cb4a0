using System.Globalization;
using System.Text;
using Minato.Core.Accounts;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// CAP LS [version] | CAP LIST | CAP REQ :cap *( SP cap ) | CAP END   https://ircv3.net/specs/extensions/capability-negotiation
internal static class Capabilities
{
    /// <summary>The version from which on values are shown, and changes told.</summary>
    private const int WithValues = 302;

    /// <summary>Bytes of a line beside its names, the server's and the client's: <c>:SERVER CAP NICK LIST * :</c> and the line end.</summary>
    private const int Overhead = 22;

    /// <summary>The one that comes and goes while the server runs: with the page's setting.</summary>
    private const string SignUp = "draft/account-registration";

    internal static async ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        switch (message[0].ToUpperInvariant())
        {
            case "LS":
                await ListAsync(session, message[1]);
                break;
            case "LIST":
                Say(session, "LIST", IrcCapNames.All.Where(c => session.Caps.HasFlag(c.Cap) && (c.Cap != IrcCaps.AccountRegistration || session.Registration.KnowsSignUp != false)).Select(c => c.Name), session.Registration.KnowsValues);
                break;
            case "REQ":
                await RequestAsync(session, message[1]);
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

    // CAP nick ( 'NEW' | 'DEL' ) :cap      https://ircv3.net/specs/extensions/capability-negotiation#cap-notify
    /// <summary>What is offered has changed. Null: this client was told so already, or does not ask.</summary>
    internal static byte[]? Notify(IrcSession session, bool isOpen)
    {
        var state = session.Registration;
        if (!session.Caps.HasFlag(IrcCaps.CapNotify) || session.Services.Admission.Access == Access.Token || state.KnowsSignUp is null || state.KnowsSignUp == isOpen)
            return null;
        state.KnowsSignUp = isOpen;
        return IrcSession.Line(writer => writer.Begin(session.Network.Server, "CAP").Word(session.ShownNick).Word(isOpen ? "NEW" : "DEL")
            .End(isOpen && state.KnowsValues ? WithValue(session, SignUp) : SignUp));
    }

    private static async ValueTask ListAsync(IrcSession session, string version)
    {
        session.Registration.IsNegotiating |= !session.IsRegistered;
        // A lower version than before is answered as it asks, and changes nothing.
        var hasValues = int.TryParse(version, out var number) && number >= WithValues;
        if (hasValues)
        {
            session.Registration.KnowsValues = true;
            session.ChangeCaps(session.Caps | IrcCaps.CapNotify);
        }
        var names = await OfferedAsync(session);
        session.Registration.KnowsSignUp = names.Contains(SignUp);
        var offered = names.Select(name => hasValues ? WithValue(session, name) : name);
        Say(session, "LS", hasValues && TransportSecurity(session) is { } policy ? offered.Append(policy) : offered, hasValues);
    }

    // sts = 'port=' port | 'duration=' seconds      https://ircv3.net/specs/extensions/sts
    /// <summary>What nobody asks for: in the clear where TLS is spoken, and inside for how long that is the only way. Null: it was not asked for, or a page's browser sees to it.</summary>
    private static string? TransportSecurity(IrcSession session)
    {
        if (session.Services.Options.IrcSts is not { } duration || session.Frames is not null)
            return null;
        if (session.Connection.IsTls)
            return string.Create(CultureInfo.InvariantCulture, $"sts=duration={(long)duration.TotalSeconds}");
        // What is taken back is so inside, and nobody is sent there for it.
        return duration > TimeSpan.Zero && session.Connection.TlsPort is { } port ? string.Create(CultureInfo.InvariantCulture, $"sts=port={port}") : null;
    }

    private static string WithValue(IrcSession session, string name) => name switch
    {
        "sasl" => $"sasl={SaslExchange.MechanismsOf(session)}",
        SignUp => $"{SignUp}=before-connect,custom-account-name",
        "draft/multiline" => $"draft/multiline=max-bytes={Multiline.MaxBytes},max-lines={Multiline.MaxLines}",
        "draft/metadata-2" or "draft/metadata-3" => $"{name}=before-connect,max-subs={MetadataKeys.Max},max-keys={Metadata.MaxKeys},max-value-bytes={Metadata.MaxValue}",
        _ => name,
    };

    private static async ValueTask RequestAsync(IrcSession session, string names)
    {
        session.Registration.IsNegotiating |= !session.IsRegistered;
        var caps = session.Caps;
        var offered = await OfferedAsync(session);
        var isGiven = true;
        foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var isOff = name.StartsWith('-');
            var wanted = isOff ? name[1..] : name;
            if (IrcCapNames.Find(wanted) is not { } cap || !offered.Contains(wanted))
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

    /// <summary>SASL where there are accounts to log in to, and signing up where anybody may. Who has an invitation may as well, and knows it.</summary>
    private static async ValueTask<IReadOnlyCollection<string>> OfferedAsync(IrcSession session)
    {
        var hasAccounts = session.Services.Admission.Access != Access.Token;
        var isOpen = hasAccounts && (await session.Services.Accounts.Store.ReadSettingsAsync(CancellationToken.None)).SignUp == SignUpPolicy.Open;
        return [.. IrcCapNames.All.Where(c => c.Cap switch { IrcCaps.Sasl => hasAccounts, IrcCaps.AccountRegistration => isOpen, _ => true }).Select(c => c.Name)];
    }

    /// <param name="inSeveral">Whether it may be several lines.</param>
    private static void Say(IrcSession session, string subcommand, IEnumerable<string> names, bool inSeveral)
    {
        var room = IrcLimits.Line - Overhead - session.Network.Server.Length - Encoding.UTF8.GetByteCount(session.ShownNick);
        var lines = new List<string> { "" };
        foreach (var name in names)
        {
            if (lines[^1].Length + 1 + name.Length > room)
                lines.Add("");
            lines[^1] += lines[^1].Length == 0 ? name : $" {name}";
        }
        // Others are told of what fits, which is what has stood here the longest.
        if (!inSeveral)
            lines.RemoveRange(1, lines.Count - 1);
        for (var i = 0; i < lines.Count; i++)
        {
            var writer = session.Replies.Begin("CAP").Word(session.ShownNick).Word(subcommand);
            if (i + 1 < lines.Count)
                writer.Word("*");
            writer.End(lines[i]);
        }
    }
}
