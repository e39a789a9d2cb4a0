namespace Minato.Storage.Sql;

/// <summary>
/// One connection and its prepared statements, for one thread at a time. Texts are written in what SQLite and PostgreSQL have in
/// common, with parameters <c>?1</c> … or <c>?</c>, so that both engines run the same reading and writing.
/// </summary>
internal abstract class Database : IDisposable
{
    /// <summary>A statement prepared once for each text. Texts are constants of ours, so there are few.</summary>
    internal abstract Statement Statement(string sql);

    /// <summary>
    /// A statement whose running may be put off until something is read or the transaction ends, together with others of its text.
    /// An insert with <c>values</c>, or an update by key; it breaks no rule that <see cref="Changes"/> would have to tell of.
    /// </summary>
    internal abstract Statement Deferred(string sql);

    /// <summary>Runs one or more statements that return nothing of interest.</summary>
    internal abstract void Execute(string sql);

    /// <summary>Rows changed by the newest statement.</summary>
    internal abstract int Changes { get; }

    /// <summary>Whether others write to the same database: what is to be built upon has to be locked first.</summary>
    internal abstract bool HasOtherWriters { get; }

    /// <summary>Begins a transaction that writes.</summary>
    internal abstract void Begin();

    /// <summary>Begins a transaction that reads from one snapshot. No finally ends it: a connection whose read failed is closed.</summary>
    internal abstract void BeginSnapshot();

    internal abstract void Commit();

    /// <summary>Ends a transaction, if there still is one, as if it had not been.</summary>
    internal abstract void Rollback();

    /// <summary>Ends whatever an exception left half read.</summary>
    internal abstract void ResetStatements();

    public abstract void Dispose();

    internal long Scalar(string sql)
    {
        var row = Statement(sql);
        var value = row.Step() ? row.Int64(0) : 0;
        row.Reset();
        return value;
    }

    /// <summary>Whether a query finds anything; its parameters are bound.</summary>
    internal static bool Finds(Statement query)
    {
        var found = query.Step();
        query.Reset();
        return found;
    }
}
