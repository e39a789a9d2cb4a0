using System.Security.Cryptography;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Postgres;
using Minato.Tests.Kit;

namespace Minato.Storage.Tests.Postgres;

/// <summary>What is good for one more is asked for at two servers of one database at once.</summary>
public sealed class LastUseTests(PostgresServer server) : IAsyncLifetime
{
    /// <summary>Meetings; each is decided by who comes first to a lock.</summary>
    private const int Rounds = 40;

    private readonly string _database = server.NewDatabaseWithSchema();
    private PostgresStore _one = null!;
    private PostgresStore _two = null!;
    private int _number;

    public ValueTask InitializeAsync()
    {
        (_one, _two) = (PostgresStore.Open(_database, TimeProvider.System), PostgresStore.Open(_database, TimeProvider.System));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task A_link_lets_in_one()
    {
        var owner = await Guest();
        var room = Assert.IsType<Logged>(await DoAsync(_one, new CreateRoom(owner, null, "ours", "Ours", RoomKind.Private))).Room;
        for (var round = 0; round < Rounds; round++)
        {
            var (secret, ann, ben) = (LinkSecret.New(), await Guest(), await Guest());
            Assert.IsType<LinkMade>(await DoAsync(_one, new MakeLink(owner, null, room.Id, secret, Uses: 1)));
            await OneAndOneNotAsync<Logged>(new JoinByLink(ann, null, secret), new JoinByLink(ben, null, secret), Refusal.NoSuchLink);
            Assert.Equal(round + 1, (await _one.ReadEventsAsync(room.Id, owner.Id, 0, long.MaxValue, default)).OfType<Joined>().Count());
        }
    }

    [Fact]
    public async Task An_invitation_makes_one_account()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var invitation = NewHash();
            Assert.IsType<Nothing>(await DoAsync(_one, new MakeInvitation(null, invitation, ServerRole.Member, 1, DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeMilliseconds())));
            await OneAndOneNotAsync<AccountChanged>(SignUp($"a{round}", invitation), SignUp($"b{round}", invitation), Refusal.BadInvitation);
            Assert.Equal(round + 1, (await _one.ListAccountsAsync(default)).Count);
        }
    }

    [Fact]
    public async Task A_recovery_code_sets_one_password()
    {
        var way = NewHash();
        Assert.IsType<Nothing>(await DoAsync(_one, new MakeInvitation(null, way, ServerRole.Member, 1, long.MaxValue)));
        var ann = Assert.IsType<AccountChanged>(await DoAsync(_one, SignUp("ann", way))).User;
        for (var round = 0; round < Rounds; round++)
        {
            var code = NewHash();
            Assert.IsType<Nothing>(await DoAsync(_one, new SetRecoveryCodes(ann, [code])));
            await OneAndOneNotAsync<AccountChanged>(new Recover(ann, code, $"one {round}", NewSession()), new Recover(ann, code, $"two {round}", NewSession()), Refusal.WrongLogin);
            Assert.Equal(0, await _one.CountRecoveryCodesAsync(ann.Id, default));
        }
    }

    private async Task OneAndOneNotAsync<T>(Command first, Command second, Refusal refusal)
        where T : Outcome
    {
        using var start = new Barrier(2);
        var outcomes = await Task.WhenAll(Task.Run(() => Meet(_one, first)), Task.Run(() => Meet(_two, second)));
        Assert.Single(outcomes.OfType<T>());
        Assert.Equal(refusal, Assert.Single(outcomes.OfType<Refused>()).Reason);

        Task<Outcome> Meet(PostgresStore store, Command command)
        {
            start.SignalAndWait();
            return DoAsync(store, command);
        }
    }

    private async Task<User> Guest() =>
        Assert.IsType<UserChanged>(await DoAsync(_one, new RegisterGuest(UserKind.Guest, $"guest{++_number}", false, NewHash()))).User;

    private static SignUp SignUp(string nick, byte[] invitation) => new(nick, "hash", invitation, null, NewSession());

    private static NewSession NewSession() => new(NewHash(), "device");

    private static byte[] NewHash() => RandomNumberGenerator.GetBytes(32);

    private static async Task<Outcome> DoAsync(PostgresStore store, Command command) => (await store.CommitAsync([command], default))[0];
}
