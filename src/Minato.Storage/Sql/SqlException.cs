namespace Minato.Storage.Sql;

/// <summary>What an engine refused, and what that means for whoever asked.</summary>
internal abstract class SqlException(SqlTrouble trouble, string message, Exception? inner = null) : Exception(message, inner)
{
    internal SqlTrouble Trouble { get; } = trouble;
}

internal enum SqlTrouble
{
    /// <summary>One row broke a rule of the schema: that command's fault, not the disk's.</summary>
    OneRow,

    /// <summary>No space. Nothing was changed.</summary>
    Full,

    /// <summary>Writers stood in each other's way; the same transaction succeeds when it is tried again.</summary>
    Collision,

    /// <summary>The server is not there for now. Nothing was changed.</summary>
    Away,

    /// <summary>The disk or the file cannot be trusted any more, or what was asked makes no sense to the engine.</summary>
    Broken,
}
