using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Server.Accounts.Passkeys;
using Minato.Server.Sessions;

namespace Minato.Server.Accounts;

/// <param name="Invitation">The secret of an invitation's link, or of the owner's.</param>
/// <param name="Guest">The session of the guest whom they have been so far.</param>
/// <param name="Device">What its owner calls the device.</param>
internal sealed record NewAccount(string Nick, string Password, string? Invitation, string? Guest, string? Device);

/// <param name="Known">By which the device is recognised, from an earlier login.</param>
internal sealed record Login(string Nick, string Password, string? Known, string? Device);

/// <param name="Password">The new one.</param>
internal sealed record Recovery(string Nick, string Code, string Password, string? Device);

/// <param name="Prove">Verifies what the passkey has signed; null: it was not asked to, or that was answered before.</param>
internal sealed record PasskeyLogin(Func<Task<PasskeyProof?>>? Prove, string? Device);

/// <summary>Somebody is in.</summary>
/// <param name="Device">By which the device is recognised next time.</param>
internal sealed record Opened(User User, SessionToken Session, string Device);

/// <summary>One of the two is there.</summary>
internal readonly record struct DoorAnswer(Opened? Opened, Refused? Refused)
{
    internal static DoorAnswer No(Refusal refusal) => new(null, new Refused(refusal));

    internal static DoorAnswer No(Refused refused) => new(null, refused);
}
