using Minato.Core.Rooms;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>The lists of a room's patterns, in the protocol's words.</summary>
internal static class PatternLists
{
    internal static ReadOnlySpan<byte> Name(PatternList list) => list switch
    {
        PatternList.Ban => "ban"u8,
        PatternList.Mute => "mute"u8,
        PatternList.BanException => "ban_exception"u8,
        PatternList.MuteException => "mute_exception"u8,
        PatternList.InviteException => "invite_exception"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, null),
    };
}
