namespace Minato.LogBench.Databases;

/// <summary>A post as rows of the schema.</summary>
/// <param name="Cid">Null: no client id is kept (it is older than 30 days).</param>
internal readonly record struct PostRow(long Room, long Seq, long PostNo, long User, long Ts, string? Cid, ReadOnlyMemory<byte> Body)
{
    /// <summary>The seq of the message that its thread began with, which it also answers.</summary>
    internal long? ThreadRoot { get; init; }

    /// <summary>The id of the user whom it names.</summary>
    internal long? Names { get; init; }

    internal bool NamesEveryone { get; init; }
}
