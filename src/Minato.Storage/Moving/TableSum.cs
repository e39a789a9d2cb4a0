using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Minato.Storage.Moving;

/// <summary>What a table holds, in short: the same function of the same values, whichever engine has them.</summary>
/// <param name="Checksum">SHA-256 over its rows in the order of their key, in hexadecimal.</param>
public sealed record TableSum(string Name, long Rows, string Checksum)
{
    // row = value*      value = %x00 | %x01 int64 | %x02 length bytes      length = int64, all big-endian
    private const byte Null = 0, Number = 1, Text = 2;

    /// <summary>Bytes that are hashed at once.</summary>
    private const int Piece = 64 * 1024;

    internal static TableSum Of(MoveRows rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (piece, count) = (new Buffer(hash), 0L);
        for (; rows.Step(); count++)
            for (var i = 0; i < rows.Table.Columns.Count; i++)
                Add(piece, rows, i);
        piece.Flush();
        return new TableSum(rows.Table.Name, count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static void Add(Buffer piece, MoveRows rows, int column)
    {
        if (rows.IsNull(column))
        {
            piece.Add([Null]);
            return;
        }
        Span<byte> head = stackalloc byte[1 + sizeof(long)];
        if (rows.Table.Columns[column].Type == MoveType.Integer)
        {
            head[0] = Number;
            BinaryPrimitives.WriteInt64BigEndian(head[1..], rows.Int64(column));
            piece.Add(head);
            return;
        }
        var bytes = rows.Bytes(column);
        head[0] = Text;
        BinaryPrimitives.WriteInt64BigEndian(head[1..], bytes.Length);
        piece.Add(head);
        piece.Add(bytes);
    }

    /// <summary>Gathers what is hashed: a call for each value would cost more than its hash.</summary>
    private sealed class Buffer(IncrementalHash hash)
    {
        private readonly byte[] _bytes = new byte[Piece];
        private int _length;

        internal void Add(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length > _bytes.Length - _length)
                Flush();
            if (bytes.Length > _bytes.Length)
            {
                hash.AppendData(bytes);
                return;
            }
            bytes.CopyTo(_bytes.AsSpan(_length));
            _length += bytes.Length;
        }

        internal void Flush()
        {
            hash.AppendData(_bytes, 0, _length);
            _length = 0;
        }
    }
}
