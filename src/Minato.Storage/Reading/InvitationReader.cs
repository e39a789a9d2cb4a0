using Minato.Core.Accounts;
using Minato.Core.Rights;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class InvitationReader
{
    /// <summary>
    /// Which invitations let in: those that are left and whose maker, if it was not the operator, could make them today. Two parameters: the hash,
    /// and now.
    /// </summary>
    internal const string IsGood = """
        token_hash = ? and uses < max_uses and expires_at > ? and (by_user is null or exists (
          select 1 from users u where u.id = invitations.by_user and u.kind = 2 and u.ended_at is null
            and u.role >= case when invitations.role = 1 then 2 else 3 end))
        """;

    /// <summary>What whoever comes by it will be; null: it is used up, expired, or none.</summary>
    internal static ServerRole? RoleOf(Database db, byte[] hash, long now)
    {
        var row = db.Statement($"select role from invitations where {IsGood}").BindBlob(1, hash).Bind(2, now);
        ServerRole? role = row.Step() ? (ServerRole)row.Int64(0) : null;
        row.Reset();
        return role;
    }

    internal static List<InvitationInfo> Usable(Database db, long now)
    {
        var rows = db.Statement("""
            select i.token_hash, i.role, u.nick, i.created_at, i.expires_at, i.uses, i.max_uses
            from invitations i left join users u on u.id = i.by_user where i.uses < i.max_uses and i.expires_at > ? order by i.created_at desc
            """).Bind(1, now);
        var invitations = new List<InvitationInfo>();
        while (rows.Step())
            invitations.Add(new InvitationInfo(
                CredentialId.Of(rows.Bytes(0)), (ServerRole)rows.Int64(1), rows.TextOrNull(2), rows.Int64(3), rows.Int64(4), (int)rows.Int64(5), (int)rows.Int64(6)));
        return invitations;
    }

    internal static List<byte[]> Hashes(Database db) => CredentialReader.Hashes(db.Statement("select token_hash from invitations"));
}
