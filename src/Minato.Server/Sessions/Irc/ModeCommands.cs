using Minato.Core.Users;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// MODE target [ modestring [ argument … ] ]   https://modern.ircdocs.horse/#mode-message
/// <summary>MODE: of channels in <see cref="ChannelModes"/>, of users here.</summary>
internal static class ModeCommands
{
    internal static ValueTask RunAsync(IrcSession session, IrcMessage message) =>
        Targets.IsChannel(message[0]) ? ChannelModes.RunAsync(session, message) : UserAsync(session, message);

    internal static void Say(IrcSession session) => session.Replies.Begin(Numeric.UserModeIs).Word(Modes(session)).End();

    /// <summary>Tells somebody of their own modes.</summary>
    internal static void Changed(IrcSession session, string modes) =>
        session.Replies.Writer.Begin(session.Network.FaceOf(session.You!).Mask(session.You!), "MODE").Word(session.Nick).Word(modes).End();

    // MODE nick [ ( '+' | '-' ) *( 'i' | 'B' | 'o' | 'T' | 'w' ) ]
    private static async ValueTask UserAsync(IrcSession session, IrcMessage message)
    {
        if (Nick.Key(message[0]) != Nick.Key(session.Nick))
        {
            if (await session.FindUserAsync(message[0]) is not null)
                session.Replies.Add(Numeric.UsersDontMatch, "Can't change mode for other users");
        }
        else if (message.Count == 1)
            Say(session);
        else
            Change(session, message[1]);
    }

    private static string Modes(IrcSession session) =>
        $"+{(session.Network.FaceOf(session.You!).IsBot ? "B" : "")}{(session.IsVisible ? "" : "i")}{(IsOperator(session) ? "o" : "")}{(session.RefusesCtcp ? "T" : "")}{(session.HearsWallops ? "w" : "")}";

    private static bool IsOperator(IrcSession session) => session.Oper is not null || session.Administers;

    private static void Change(IrcSession session, string modes)
    {
        var (isOn, isUnknown) = (true, false);
        foreach (var mode in modes)
        {
            var face = session.Network.FaceOf(session.You!);
            if (mode is '+' or '-')
                isOn = mode == '+';
            else if (mode == 'B' && face.IsBot != isOn)
            {
                session.Network.SetFace(session.You!, face with { IsBot = isOn });
                Changed(session, isOn ? "+B" : "-B");
            }
            else if (mode == 'i' && session.IsVisible == isOn)
            {
                session.IsVisible = !isOn;
                Changed(session, isOn ? "+i" : "-i");
            }
            else if (mode == 'w' && session.HearsWallops != isOn)
            {
                session.HearsWallops = isOn;
                Changed(session, isOn ? "+w" : "-w");
            }
            else if (mode == 'T' && session.RefusesCtcp != isOn)
            {
                session.RefusesCtcp = isOn;
                Changed(session, isOn ? "+T" : "-T");
            }
            // Only OPER gives it.
            else if (mode == 'o' && !isOn && session.Oper is not null)
            {
                session.Oper = null;
                Changed(session, "-o");
            }
            else
                isUnknown |= mode is not ('i' or 'B' or 'o' or 'T' or 'w');
        }
        // After those that there are.
        if (isUnknown)
            session.Replies.Add(Numeric.UserModeUnknownFlag, "Unknown MODE flag");
    }
}
