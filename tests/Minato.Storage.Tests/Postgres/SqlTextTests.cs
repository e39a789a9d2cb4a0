using Minato.Storage.Postgres.Native;

namespace Minato.Storage.Tests.Postgres;

public sealed class SqlTextTests
{
    [Theory]
    [InlineData("select 1", "select 1", new int[0])]
    [InlineData("a = ? and b = ?", "a = $1 and b = $2", new[] { 1, 2 })]
    [InlineData("a = ?2 and b = ?9 or c = ?2", "a = $1 and b = $2 or c = $1", new[] { 2, 9 })]
    [InlineData("a = ?12", "a = $1", new[] { 12 })]
    public void Parameters_are_numbered_without_gaps_and_remember_what_is_bound(string sql, string text, int[] indexes)
    {
        var read = SqlText.From(sql);
        Assert.Equal(text, read.Text);
        Assert.Equal(indexes, read.Indexes);
        Assert.All(indexes, i => Assert.Equal(i, read.Indexes[read.PositionOf(i)]));
        Assert.Equal(-1, read.PositionOf(77));
    }

    [Theory]
    [InlineData(
        "insert into t (a, b, c)\nvalues (?1, ?2, ?1)",
        "insert into t (a, b, c)\nselect t.p1, t.p2, t.p1 from unnest($1::bigint[], $2::text[]) as t(p1, p2)")]
    [InlineData(
        "update h set a = ?, b = ? where id = ?",
        "update h set a = t.p1, b = t.p2 from unnest($1::bigint[], $2::text[], $3::bigint[]) as t(p1, p2, p3) where id = t.p3")]
    public void Rows_that_wait_become_one_statement_over_arrays(string sql, string expected)
    {
        var rows = new DeferredRows(sql);
        rows.Begin().Bind(1, 7L).Bind(2, "x");
        if (sql.StartsWith("update", StringComparison.Ordinal))
            rows.Bind(3, 9L);
        rows.Run();
        Assert.Equal(1, rows.Count);
        Assert.Equal(expected, rows.Take().CommandText);
        Assert.Equal(0, rows.Count);
    }
}
