using System.Security.Cryptography;
using Minato.Core.Storage;
using Minato.Storage.Postgres;
using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Storage.Tests.Postgres;

/// <summary>Vouchers that two servers share.</summary>
public sealed class VouchersTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly VoucherKind Kind = new(1_001, TimeSpan.FromHours(1), 10_000, MaxOfOne: 50);

    private readonly string _database = server.NewDatabaseWithSchema();
    private PostgresStore _here = null!;
    private PostgresStore _there = null!;

    public ValueTask InitializeAsync()
    {
        (_here, _there) = (PostgresStore.Open(_database, TimeProvider.System), PostgresStore.Open(_database, TimeProvider.System));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
        Assert.Equal(0L, Ask("select pg_stat_get_db_deadlocks(oid) from pg_database where datname = current_database()"));
    }

    [Fact]
    public async Task What_one_adds_the_other_takes_and_of_both_at_once_one_has_it()
    {
        for (var round = 0; round < 100; round++)
        {
            var hash = await AddAsync(_here, "ann");
            var taken = await Task.WhenAll(new[] { _here, _there }.Select(s => Task.Run(() => s.Vouchers.TakeAsync(Kind, hash, default).AsTask())));
            Assert.Equal("ann", Assert.Single(taken, t => t is not null));
        }
        Assert.Equal(0L, Ask("select count(*) from vouchers"));
    }

    [Fact]
    public async Task However_many_are_added_on_both_at_once_there_are_no_more_of_one_than_may_be()
    {
        await Task.WhenAll(new[] { _here, _there }.Select(store => Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
                await AddAsync(store, i % 3 == 0 ? "ben" : "ann");
        })));
        // Two that are added at the same moment do not see each other.
        Assert.InRange((long)Ask("select max(n) from (select count(*) as n from vouchers group by counted_by) as counts")!, 50, 52);
    }

    [Fact]
    public async Task One_that_is_found_when_half_of_its_life_is_over_lives_on_by_the_clock_of_the_database()
    {
        var hash = await AddAsync(_here, "ann");
        Ask("update vouchers set expires_at = now() + interval '29 minutes'");
        Assert.Equal("ann", await _there.Vouchers.FindAsync(Kind, hash, default));
        Assert.Equal(true, Ask("select expires_at > now() + interval '59 minutes' from vouchers"));
        Ask("update vouchers set expires_at = now()");
        Assert.Null(await _there.Vouchers.FindAsync(Kind, hash, default));
        Assert.Null(await _there.Vouchers.TakeAsync(Kind, hash, default));
    }

    [Fact]
    public async Task Those_that_are_late_are_removed_when_more_are_added()
    {
        for (var i = 0; i < 10; i++)
            await AddAsync(_here, $"{i}");
        Ask("update vouchers set expires_at = now()");
        await AddAsync(_there, "the first of another server");
        Assert.Equal(1L, Ask("select count(*) from vouchers"));
    }

    [Fact]
    public void None_is_in_the_databases_own_log_or_on_a_standby() =>
        Assert.Equal('u', Ask("select relpersistence from pg_class where oid = 'vouchers'::regclass"));

    private static async Task<byte[]> AddAsync(PostgresStore store, string countedBy)
    {
        var hash = RandomNumberGenerator.GetBytes(32);
        await store.Vouchers.AddAsync(Kind, hash, countedBy, countedBy, default);
        return hash;
    }

    private object? Ask(string sql)
    {
        using var connection = new NpgsqlConnection(_database);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }
}
