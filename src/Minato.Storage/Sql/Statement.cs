using System.Text;

namespace Minato.Storage.Sql;

/// <summary>
/// A prepared statement, used again and again by the one thread that owns its connection:
/// <c>db.Statement(sql).Bind(1, x)</c>, then <see cref="Step"/> until false, or <see cref="Run"/>. Text goes in and out as UTF-8.
/// </summary>
internal abstract class Statement : IDisposable
{
    internal abstract Statement Bind(int index, long? value);

    internal abstract Statement Bind(int index, string? value);

    /// <summary>Binds UTF-8 text that is not empty (an empty span would be NULL).</summary>
    internal abstract Statement BindUtf8(int index, ReadOnlySpan<byte> value);

    internal abstract Statement BindBlob(int index, ReadOnlySpan<byte> value);

    internal abstract Statement Bind(int index, Guid value);

    /// <summary>True: on a row. False: done, and reset.</summary>
    internal abstract bool Step();

    internal abstract void Run();

    internal abstract void Reset();

    internal abstract long Int64(int column);

    internal abstract bool IsNull(int column);

    /// <summary>Whether a condition among the columns holds.</summary>
    internal abstract bool IsTrue(int column);

    /// <summary>Valid until the next step.</summary>
    internal abstract ReadOnlySpan<byte> Bytes(int column);

    internal abstract Guid Uid(int column);

    public abstract void Dispose();

    internal long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    internal string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    internal string? TextOrNull(int column) => IsNull(column) ? null : Text(column);
}
