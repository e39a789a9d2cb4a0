namespace Minato.Wire.Http;

/// <summary>Asks for what an authenticator is to sign, to be let in by it.</summary>
public sealed record PasskeyLoginOptionsFrame : AccountFrame;

/// <param name="Ceremony">Which answer of the server the authenticator has signed.</param>
/// <param name="Credential">Its answer, as browsers write it in JSON.</param>
public sealed record PasskeyLogInFrame(string Ceremony, string Credential, string? Device, bool Cookie) : DoorFrame(Device, Cookie);

/// <summary>What somebody wants of their own passkeys.</summary>
public abstract record OwnPasskeyFrame : OwnFrame;

public sealed record ListPasskeysFrame : OwnPasskeyFrame;

public sealed record PasskeyOptionsFrame(string Password) : OwnPasskeyFrame;

/// <param name="Credential">As in <see cref="PasskeyLogInFrame"/>.</param>
public sealed record AddPasskeyFrame(string Ceremony, string Credential, string Name) : OwnPasskeyFrame;

public sealed record RenamePasskeyFrame(Guid Id, string Name) : OwnPasskeyFrame;

public sealed record DeletePasskeyFrame(Guid Id) : OwnPasskeyFrame;
