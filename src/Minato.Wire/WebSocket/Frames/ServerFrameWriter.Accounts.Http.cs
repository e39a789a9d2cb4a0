using Minato.Core.Accounts;
using Minato.Core.Users;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>Answers about accounts, which are only given over HTTP; docs/protocols/http.md is the authority.</summary>
public sealed partial class ServerFrameWriter
{
    /// <summary>Somebody is let in.</summary>
    /// <param name="session">Null: it is a cookie, and no script's to know.</param>
    public void Opened(string? session, string? known, User you)
    {
        Open("opened"u8);
        if (session is not null)
            _json.WriteString("session"u8, session);
        if (known is not null)
            _json.WriteString("known"u8, known);
        WriteYou(you, you.Nick);
        Close();
    }

    /// <param name="current">The one by which it is asked.</param>
    public void Sessions(IReadOnlyList<SessionInfo> sessions, CredentialId? current) => Listed("sessions"u8, sessions, session =>
    {
        _json.WriteString("id"u8, session.Id.Value);
        _json.WriteString("device"u8, session.Device);
        _json.WriteNumber("created"u8, session.CreatedAt);
        _json.WriteNumber("used"u8, session.UsedAt);
        Optional("expires"u8, session.ExpiresAt);
        _json.WriteBoolean("current"u8, session.Id == current);
    });

    public void Codes(IReadOnlyList<string> codes)
    {
        Open("codes"u8);
        _json.WriteStartArray("codes"u8);
        foreach (var code in codes)
            _json.WriteStringValue(code);
        _json.WriteEndArray();
        Close();
    }

    public void Tokens(IReadOnlyList<TokenInfo> tokens) => Listed("tokens"u8, tokens, token =>
    {
        _json.WriteString("id"u8, token.Id.Value);
        _json.WriteString("name"u8, token.Name);
        Word("scope"u8, token.Scope);
        _json.WriteNumber("created"u8, token.CreatedAt);
        Optional("used"u8, token.UsedAt);
        Optional("expires"u8, token.ExpiresAt);
    });

    public void Passkeys(IReadOnlyList<PasskeyInfo> passkeys) => Listed("passkeys"u8, passkeys, passkey =>
    {
        _json.WriteString("id"u8, passkey.Passkey.Id.Value);
        _json.WriteString("name"u8, passkey.Name);
        _json.WriteNumber("created"u8, passkey.CreatedAt);
        Optional("used"u8, passkey.UsedAt);
        _json.WriteBoolean("synced"u8, passkey.Passkey.IsBackedUp);
    });

    public void PasskeyAdded(CredentialId id)
    {
        Open("passkey"u8);
        _json.WriteString("id"u8, id.Value);
        Close();
    }

    /// <summary>What a page hands to its browser, which asks an authenticator.</summary>
    /// <param name="options">JSON, as the framework has made it.</param>
    public void Ceremony(string id, string options)
    {
        Open("ceremony"u8);
        _json.WriteString("ceremony"u8, id);
        _json.WritePropertyName("options"u8);
        _json.WriteRawValue(options);
        Close();
    }

    /// <summary>A new secret of any kind, said this once.</summary>
    /// <param name="field">What it is called.</param>
    public void Made(string field, string secret, CredentialId id)
    {
        Open("made"u8);
        _json.WriteString("id"u8, id.Value);
        _json.WriteString(field, secret);
        Close();
    }

    public void Accounts(IReadOnlyList<User> users) => Listed("accounts"u8, users, user =>
    {
        _json.WriteString("id"u8, user.Uid);
        _json.WriteString("nick"u8, user.Nick);
        Word("role"u8, user.Role);
        _json.WriteBoolean("active"u8, user.Kind != UserKind.Deactivated);
    });

    public void Invitations(IReadOnlyList<InvitationInfo> invitations) => Listed("invitations"u8, invitations, invitation =>
    {
        _json.WriteString("id"u8, invitation.Id.Value);
        Word("role"u8, invitation.Role);
        if (invitation.By is { } by)
            _json.WriteString("by"u8, by);
        _json.WriteNumber("created"u8, invitation.CreatedAt);
        _json.WriteNumber("expires"u8, invitation.ExpiresAt);
        _json.WriteNumber("uses"u8, invitation.Uses);
        _json.WriteNumber("maxUses"u8, invitation.MaxUses);
    });

    public void Settings(WorkspaceSettings settings)
    {
        Open("settings"u8);
        Word("signup"u8, settings.SignUp);
        Word("departed"u8, settings.Departed);
        Close();
    }

    public void Audit(IReadOnlyList<AuditEntry> entries) => Listed("audit"u8, entries, entry =>
    {
        _json.WriteNumber("id"u8, entry.Id);
        _json.WriteNumber("at"u8, entry.At);
        if (entry.By is { } by)
        {
            _json.WriteString("by"u8, by.Nick);
            _json.WriteString("byId"u8, by.Uid);
        }
        _json.WriteString("act"u8, entry.Act);
        if (entry.Subject is { } subject)
        {
            _json.WriteString("subject"u8, subject.Nick);
            _json.WriteString("subjectId"u8, subject.Uid);
        }
        if (entry.Detail is { } detail)
            _json.WriteString("detail"u8, detail);
    });

    private void Listed<T>(ReadOnlySpan<byte> name, IReadOnlyList<T> items, Action<T> write)
    {
        Open(name);
        _json.WriteStartArray(name);
        foreach (var item in items)
        {
            _json.WriteStartObject();
            write(item);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        Close();
    }

    private void Optional(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
            _json.WriteNumber(name, number);
    }

    private void Word<T>(ReadOnlySpan<byte> name, T value)
        where T : struct, Enum => _json.WriteString(name, value.ToString().ToLowerInvariant());
}
