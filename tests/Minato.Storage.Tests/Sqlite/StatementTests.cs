using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Tests.Sqlite;

public sealed class StatementTests : SqliteTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a\0b")]
    [InlineData("港🦊")]
    public async Task Text_goes_in_and_out_whole_however_long_it_is(string text)
    {
        await using var store = Open();
        using var statement = new SqliteStatement(store.Writer.Handle, "select ?1, ?2");
        // A short one goes another way than a long one.
        foreach (var same in new[] { text, text.PadLeft(64, '港'), text.Replace("\0", "").PadLeft(65, '港') })
        {
            var row = statement.Begin().Bind(1, same);
            Assert.True(row.Step());
            Assert.Equal((false, same, true), (row.IsNull(0), row.Text(0), row.IsNull(1)));
        }
    }

    [Fact]
    public async Task What_was_bound_or_left_unread_before_is_forgotten()
    {
        await using var store = Open();
        using var statement = new SqliteStatement(store.Writer.Handle, "select ?1 union all select ?2");
        Assert.True(statement.Begin().Bind(1, 1).Bind(2, 2).Step());
        Assert.True(statement.Begin().Bind(2, 3).Step());
        Assert.True(statement.IsNull(0));
        Assert.True(statement.Step());
        Assert.Equal(3, statement.Int64(0));
        Assert.False(statement.Step());
    }

    /// <summary>The library would read what is freed.</summary>
    [Fact]
    public async Task One_that_is_disposed_is_not_called()
    {
        await using var store = Open();
        var statement = new SqliteStatement(store.Writer.Handle, "select ?1");
        Assert.True(statement.Begin().Bind(1, 1).Step());
        statement.Dispose();
        foreach (var act in new Action[] { () => statement.Begin(), () => statement.Bind(1, 2), () => statement.Bind(1, "x"), () => statement.Step(), statement.Reset })
            Assert.Throws<ObjectDisposedException>(act);
    }
}
