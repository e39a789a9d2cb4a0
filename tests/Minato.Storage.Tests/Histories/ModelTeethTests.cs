using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Storage;
using Minato.Storage.Sqlite;

namespace Minato.Storage.Tests.Histories;

/// <summary>Whether the histories and the model would notice anything: they must tell every broken store from a right one.</summary>
public sealed partial class ModelTeethTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualClock _clock = new();
    private int _number;

    public static TheoryData<string> Broken => [.. BrokenStores.All.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_store_is_noticed(string how)
    {
        // The same ones every time: a store that is noticed is always noticed.
        foreach (var history in History.Any.Generator.Sample(50, new Rnd(20_260_401), 120))
            try
            {
                await RunAsync(history, BrokenStores.All[how]);
            }
            catch (Mismatch)
            {
                return;
            }
        Assert.Fail($"Nobody noticed that {how}.");
    }

    [Fact]
    public async Task What_is_noticed_is_shrunk_to_a_few_steps_and_printed_with_its_seed()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Task.Run(() => Check.One(
            Config.QuickThrowOnFailure.WithReplay(new Replay(new Rnd(20_260_401), null)),
            Prop.ForAll(History.Any, history => RunAsync(history, BrokenStores.All["a number is given twice"])))));
        var shrunk = Shrunk().Match(failure.Message);
        Assert.True(shrunk.Success, failure.Message);
        Assert.InRange(int.Parse(shrunk.Groups["steps"].Value), 2, 3);
        Assert.Contains("Deed.Post,", shrunk.Groups["rest"].Value);
        Assert.Contains("Deed.React,", shrunk.Groups["rest"].Value);
    }

    [Fact]
    public async Task Histories_reach_every_kind_of_event_and_what_a_room_may_refuse()
    {
        var reached = new HashSet<string>();
        foreach (var history in History.Any.Generator.Sample(100, new Rnd(20_260_401), 40))
            reached.UnionWith(await RunAsync(history, _ => new BentStore()));
        Refusal[] refusals =
        [
            Refusal.NoSuchRoom, Refusal.NoSuchUser, Refusal.NoSuchMessage, Refusal.NotAMember, Refusal.Forbidden, Refusal.LastOwner, Refusal.Archived,
            Refusal.NickTaken, Refusal.SlugTaken, Refusal.BadUntil, Refusal.BadDays, Refusal.CidConflict,
            Refusal.InviteOnly, Refusal.WrongKey, Refusal.RoomFull, Refusal.BadLimit,
            Refusal.NoSuchLink, Refusal.SlowMode, Refusal.BadSeconds, Refusal.BadUses, Refusal.TooMany, Refusal.Blocked,
        ];
        Assert.Empty(Enum.GetNames<EventKind>().Concat(refusals.Select(r => r.ToString()))
            .Concat([nameof(ReadMoved), nameof(VisitorEnded), nameof(UserChanged), nameof(LinkMade), nameof(BlockChanged), nameof(ReportsChanged), nameof(AccountChanged)]).Except(reached));
    }

    private async Task<HashSet<string>> RunAsync(History history, Func<ManualClock, BentStore> make)
    {
        var store = make(_clock);
        _folder.Remove($"{_number++}.db*");
        await using var run = new HistoryRun(Open, _clock);
        await run.RunAsync(history);
        return run.Reached;

        ValueTask<IStore> Open()
        {
            store.Inner = SqliteStore.Open(_folder.Of($"{_number}.db"), durable: false, _clock);
            return new ValueTask<IStore>(store);
        }
    }

    [GeneratedRegex(@"Shrunk:\s+(?<steps>\d+) steps:(?<rest>.*)with exception", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shrunk();
}
