using System.Globalization;
using System.Text;

namespace Minato.Storage.Postgres.Native;

/// <summary>A text with <c>?1</c> … or <c>?</c> for its parameters, as PostgreSQL writes it: <c>$1</c> … without a gap.</summary>
/// <param name="Text">With each parameter replaced.</param>
/// <param name="Indexes">The index that is bound, for each parameter in PostgreSQL's order.</param>
internal sealed record SqlText(string Text, IReadOnlyList<int> Indexes)
{
    /// <param name="name">What stands for the parameter of that position, from 1; null: PostgreSQL's own.</param>
    internal static SqlText From(string sql, Func<int, string>? name = null)
    {
        var (text, indexes, next) = (new StringBuilder(sql.Length + 16), new List<int>(), 1);
        for (var i = 0; i < sql.Length; i++)
        {
            if (sql[i] != '?')
            {
                text.Append(sql[i]);
                continue;
            }
            var digits = i + 1;
            while (digits < sql.Length && char.IsAsciiDigit(sql[digits]))
                digits++;
            var index = digits > i + 1 ? int.Parse(sql.AsSpan(i + 1, digits - i - 1), CultureInfo.InvariantCulture) : next++;
            i = digits - 1;
            if (!indexes.Contains(index))
                indexes.Add(index);
            var position = indexes.IndexOf(index) + 1;
            text.Append(name?.Invoke(position) ?? string.Create(CultureInfo.InvariantCulture, $"${position}"));
        }
        return new SqlText(text.ToString(), indexes);
    }

    /// <summary>The position of a bound index, from 0; -1 when the text does not have it.</summary>
    internal int PositionOf(int index)
    {
        for (var i = 0; i < Indexes.Count; i++)
            if (Indexes[i] == index)
                return i;
        return -1;
    }
}
