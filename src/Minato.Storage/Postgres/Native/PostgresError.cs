using Minato.Storage.Sql;
using Npgsql;

namespace Minato.Storage.Postgres.Native;

/// <summary>What PostgreSQL or the way to it refused (https://www.postgresql.org/docs/15/errcodes-appendix.html).</summary>
internal sealed class PostgresError(SqlTrouble trouble, string message, Exception? inner = null) : SqlException(trouble, message, inner)
{
    private const string IdleInTransactionTimeout = "25P03";

    /// <summary>Since PostgreSQL 17.</summary>
    private const string TransactionTimeout = "25P04";

    /// <summary>What an exception of Npgsql means.</summary>
    internal static PostgresError From(Exception e) => e is PostgresException known
        ? new PostgresError(Meaning(known.SqlState), $"PostgreSQL {known.SqlState}: {known.MessageText}", e)
        // No answer, or none that could be understood: the connection's end.
        : new PostgresError(SqlTrouble.Away, e.InnerException?.Message ?? e.Message, e);

    /// <summary>Whether an exception is of a connection, and not a bug of ours.</summary>
    internal static bool IsOf(Exception e, NpgsqlConnection connection) => e is NpgsqlException or IOException or TimeoutException
        || (e is InvalidOperationException && connection.State != System.Data.ConnectionState.Open);

    private static SqlTrouble Meaning(string state) => state switch
    {
        PostgresErrorCodes.DiskFull => SqlTrouble.Full,
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable => SqlTrouble.Collision,
        // A standby, or a primary on its way to be one.
        PostgresErrorCodes.ReadOnlySqlTransaction => SqlTrouble.Away,
        // The server closed the connection of one who slept in a transaction.
        IdleInTransactionTimeout or TransactionTimeout => SqlTrouble.Away,
        // Data exceptions, broken constraints, and values too large for an index.
        _ when state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal)
            || state.StartsWith("54", StringComparison.Ordinal) => SqlTrouble.OneRow,
        // Connections, resources, and an operator's intervention (restart, shutdown, a cancelled statement).
        _ when state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
            || state.StartsWith("57", StringComparison.Ordinal) => SqlTrouble.Away,
        _ => SqlTrouble.Broken,
    };
}
