using System.Net;
using Minato.Core.Accounts;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Listening;

namespace Minato.Server.Accounts;

/// <summary>What somebody who claims to be somebody is counted by, the narrowest first, and how many may be wrong of each.</summary>
internal sealed class Guess
{
    private Guess(params (string Key, int Free)[] keys) => Keys = keys;

    internal IReadOnlyList<(string Key, int Free)> Keys { get; }

    /// <param name="nick">As it was given; whether there is such an account makes no difference.</param>
    /// <param name="device">One that the account is known to have been used with; null: none.</param>
    internal static Guess Login(Account? account, string nick, IPAddress? address, string? device) => device is not null
        ? new Guess(($"device {device} {Subject(account, nick)}", GuessLimits.FreeOfAccount))
        : new Guess(($"account {Subject(account, nick)}", GuessLimits.FreeOfAccount), ($"address {AddressKey.Of(address)}", FreeOf(address)));

    /// <summary>Who is logged in already is no stranger, and may not guess for ever all the same.</summary>
    internal static Guess Confirmation(User user) => new(($"session {user.Uid:n}", GuessLimits.FreeOfAccount));

    /// <summary>
    /// Apart from passwords, and by account and address together: a code has 80 bits, so that even a million addresses do not find one, and
    /// strangers elsewhere cannot keep the owner from the way back.
    /// </summary>
    internal static Guess Recovery(Account? account, string nick, IPAddress? address) => new(
        ($"recovery {Subject(account, nick)} {AddressKey.Of(address)}", GuessLimits.FreeOfAccount),
        ($"recovery {AddressKey.Of(address)}", FreeOf(address)));

    /// <summary>Whoever has a room with a key of their own makes no room for guesses at others by it.</summary>
    internal static Guess RoomKey(RoomId room, IPAddress? address) => new(
        ($"key {room.Value} {AddressKey.Of(address)}", FreeOf(address)),
        ($"keys {AddressKey.Of(address)}", FreeOf(address)));

    internal static bool IsLoopback(IPAddress? address) => address is null || IPAddress.IsLoopback(address);

    /// <summary>An account is the same under each name that it takes.</summary>
    private static string Subject(Account? account, string nick) => account is not null
        ? $"id:{account.User.Uid:n}"
        // What cannot be a nick is nobody's, and counts as one name: whoever tries many of those is held by their address.
        : $"nick:{(Nick.Normalize(nick) is { } name ? Nick.Key(name) : "")}";

    private static int FreeOf(IPAddress? address) => IsLoopback(address) ? GuessLimits.FreeOfLoopback : GuessLimits.FreeOfAddress;
}
