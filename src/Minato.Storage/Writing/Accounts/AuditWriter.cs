using Minato.Core.Users;

namespace Minato.Storage.Writing.Accounts;

/// <summary>Notes every administrative act in the transaction that does it.</summary>
internal sealed class AuditWriter(WriteContext context)
{
    /// <param name="by">Null: the operator.</param>
    internal void Note(User? by, string act, UserId? subject = null, string? detail = null) => context.Db
        .Statement("insert into audit (at, by_user, act, subject, detail) values (?, ?, ?, ?, ?)")
        .Bind(1, context.Now).Bind(2, by?.Id.Value).Bind(3, act).Bind(4, subject?.Value).Bind(5, detail).Run();
}
