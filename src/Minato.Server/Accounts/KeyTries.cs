using System.Net;
using Minato.Core.Commands;

namespace Minato.Server.Accounts;

/// <summary>Keys of rooms that were wrong, by address: each guest is another user, for whom the store counts anew.</summary>
internal sealed class KeyTries(GuessLimits limits)
{
    /// <summary>Null: it may be tried, and is to be ended by <see cref="End"/>; or there is no key to it.</summary>
    internal Refused? Begin(Command command, IPAddress? address) =>
        command is Join { Key: not null } join && limits.TryBegin(Guess.RoomKey(join.Room, address)) is { } wait
            ? new Refused(Refusal.RateLimited, wait) { IsOfGuesses = true }
            : null;

    internal void End(Command command, IPAddress? address, Outcome outcome)
    {
        if (command is not Join { Key: not null } join)
            return;
        var guess = Guess.RoomKey(join.Room, address);
        if (outcome is Logged)
            limits.Succeed(guess);
        else if (outcome is not Refused { Reason: Refusal.WrongKey })
            limits.Undo(guess);
    }
}
