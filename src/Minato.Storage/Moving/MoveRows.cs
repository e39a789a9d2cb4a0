using System.Text;
using System.Text.Unicode;
using Minato.Core.Storage;
using Minato.Storage.Sql;

namespace Minato.Storage.Moving;

/// <summary>A table's rows, one after the other, whichever engine has them; texts as both can hold them.</summary>
/// <param name="seen">Told of each.</param>
internal sealed class MoveRows(Statement rows, MoveTable table, Action seen)
{
    private readonly byte[] _uid = new byte[16];

    internal MoveTable Table => table;

    /// <summary>Texts in which U+FFFD stands for what PostgreSQL does not hold.</summary>
    internal long Replaced { get; private set; }

    internal bool Step()
    {
        if (!rows.Step())
            return false;
        seen();
        return true;
    }

    internal bool IsNull(int column) => rows.IsNull(column);

    internal long Int64(int column) => rows.Int64(column);

    internal Guid Uid(int column) => rows.Uid(column);

    /// <summary>Of a text, a blob or a uid. Valid until the next step.</summary>
    /// <exception cref="StoreFailedException">A key has what PostgreSQL does not hold.</exception>
    internal ReadOnlySpan<byte> Bytes(int column)
    {
        switch (table.Columns[column].Type)
        {
            case MoveType.Uid:
                rows.Uid(column).TryWriteBytes(_uid, bigEndian: true, out _);
                return _uid;
            case MoveType.Text:
                return Whole(rows.Bytes(column), table.Columns[column]);
            default:
                return rows.Bytes(column);
        }
    }

    /// <summary>Nothing that is written today has NUL in it, or is not UTF-8. What all the same has reads as this does.</summary>
    private ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> text, MoveColumn column)
    {
        if (!text.Contains((byte)0) && Utf8.IsValid(text))
            return text;
        // Another key may be the same then, and stands elsewhere in the order.
        if (column.InKey > 0)
            throw new StoreFailedException($"The table {table.Name} has a row whose {column.Name} is not text that PostgreSQL holds (NUL, or no UTF-8): nothing can be moved as long as it is there.");
        Replaced++;
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).Replace('\0', '\uFFFD'));
    }
}
