using Minato.Core.Rooms;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>The lists of a room's patterns, in the protocol's words.</summary>
public static class PatternLists
{
    public static string Name(PatternList list) => list switch
    {
        PatternList.Ban => "ban",
        PatternList.Mute => "mute",
        PatternList.BanException => "ban_exception",
        PatternList.MuteException => "mute_exception",
        PatternList.InviteException => "invite_exception",
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, null),
    };

    /// <summary>Null: there is no such list.</summary>
    public static PatternList? Parse(string name) => name switch
    {
        "ban" => PatternList.Ban,
        "mute" => PatternList.Mute,
        "ban_exception" => PatternList.BanException,
        "mute_exception" => PatternList.MuteException,
        "invite_exception" => PatternList.InviteException,
        _ => null,
    };
}
