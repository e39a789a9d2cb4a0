using Minato.Core.Users;

namespace Minato.Core.Accounts;

/// <summary>Makes a session for somebody whose passkey has signed what it was asked to. That it is theirs still, and goes on counting, is found out in the transaction.</summary>
/// <param name="RawId">Of the passkey.</param>
/// <param name="SignCount">Of this signature.</param>
public sealed record StartPasskeySession(User User, byte[] RawId, long SignCount, bool IsBackedUp, NewSession Session) : AccountCommand;

/// <param name="Name">What its owner calls it: a <see cref="Label"/>.</param>
public sealed record AddPasskey(User Actor, Passkey Passkey, string Name) : OwnAccountCommand(Actor);

public sealed record RenamePasskey(User Actor, CredentialId Passkey, string Name) : OwnAccountCommand(Actor);

/// <summary>Sessions that it has opened go on: they are ended as any other.</summary>
public sealed record DeletePasskey(User Actor, CredentialId Passkey) : OwnAccountCommand(Actor);
