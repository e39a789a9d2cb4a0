using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Storage.Reading;

namespace Minato.Storage.Writing.Accounts;

/// <summary>Sessions begin, are used, and end.</summary>
internal sealed class CredentialWriter(WriteContext context)
{
    /// <summary>A session that nobody uses for so long has ended: 90 days, as GitHub's for a year of days are too many on a family's tablet.</summary>
    internal static readonly TimeSpan SessionLife = TimeSpan.FromDays(90);

    /// <summary>One that a connection opened for itself, and ends with it: a day, for the time that the server was killed.</summary>
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromDays(1);

    /// <summary>Sessions of one user; the one that was used longest ago makes room.</summary>
    internal const int MaxSessions = 100;

    /// <returns>Those that made room.</returns>
    internal IReadOnlyList<CredentialId> Start(User user, NewSession session)
    {
        context.Db.Statement("insert into sessions (token_hash, user_id, created_at, used_at, expires_at, device) values (?, ?, ?, ?, ?, ?)")
            .BindBlob(1, session.Hash).Bind(2, user.Id.Value).Bind(3, context.Now).Bind(4, context.Now)
            .Bind(5, Until(session.Device == NewSession.OfConnection ? ConnectionLife : SessionLife)).Bind(6, session.Device).Run();
        var surplus = CredentialReader.SessionHashes(context.Db, user.Id).Skip(MaxSessions).ToList();
        foreach (var hash in surplus)
            Delete("delete from sessions where token_hash = ?", hash);
        return [.. surplus.Select(h => CredentialId.Of(h))];
    }

    internal Outcome Apply(NoteUse command)
    {
        if (HashOf(CredentialReader.SessionHashes(context.Db, command.User.Id), command.Credential) is { } session)
            context.Db.Statement("""
                update sessions set used_at = ?1, expires_at = case device when ?2 then cast(?3 as bigint) else cast(?4 as bigint) end
                where token_hash = ?5 and expires_at is not null
                """).Bind(1, context.Now).Bind(2, NewSession.OfConnection).Bind(3, Until(ConnectionLife)).Bind(4, Until(SessionLife)).BindBlob(5, session).Run();
        else if (HashOf(CredentialReader.TokenHashes(context.Db, command.User.Id), command.Credential) is { } token)
            context.Db.Statement("update access_tokens set used_at = ? where token_hash = ?").Bind(1, context.Now).BindBlob(2, token).Run();
        return Nothing.Value;
    }

    internal Outcome Apply(EndSessions command, User actor)
    {
        if (command.Session is not { } one)
        {
            EndAll(actor, command.Kept);
            return new AccountChanged(actor) { Ending = Ending.OfSessions(command.Kept) };
        }
        if (HashOf(CredentialReader.SessionHashes(context.Db, actor.Id), one) is not { } hash)
            return new Refused(Refusal.NoSuchCredential);
        Delete("delete from sessions where token_hash = ?", hash);
        return new AccountChanged(actor) { Ending = Ending.Of(one) };
    }

    /// <param name="kept">Goes on; null: none does.</param>
    internal void EndAll(User user, CredentialId? kept = null)
    {
        if (kept is { } id && HashOf(CredentialReader.SessionHashes(context.Db, user.Id), id) is { } hash)
            context.Db.Statement("delete from sessions where user_id = ? and token_hash <> ?").Bind(1, user.Id.Value).BindBlob(2, hash).Run();
        else
            DeleteOf("sessions", user);
    }

    /// <summary>All by which somebody could come back.</summary>
    internal void EndEverything(User user)
    {
        foreach (var table in (ReadOnlySpan<string>)["sessions", "access_tokens", "recovery_codes", "passkeys", "accounts"])
            DeleteOf(table, user);
    }

    internal void DeleteOf(string table, User user) =>
        context.Db.Statement($"delete from {table} where user_id = ?").Bind(1, user.Id.Value).Run();

    private void Delete(string sql, byte[] hash) => context.Db.Statement(sql).BindBlob(1, hash).Run();

    private static byte[]? HashOf(IEnumerable<byte[]> hashes, CredentialId id) => hashes.FirstOrDefault(h => CredentialId.Of(h) == id);

    private long Until(TimeSpan life) => context.Now + (long)life.TotalMilliseconds;
}
