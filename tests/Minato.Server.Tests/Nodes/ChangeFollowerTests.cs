using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Nodes;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Nodes;

/// <summary>What is read again of changes besides the log, and when.</summary>
public sealed class ChangeFollowerTests : IDisposable
{
    private static readonly NodeChange Block = new(ChangeKind.Block, Make.Alice.Id, Make.Bob.Id);

    private readonly ManualTime _clock = new();
    private readonly SharedLog _log = new();
    private readonly SteppedNode _node;

    public ChangeFollowerTests() => _node = new SteppedNode(_log, _clock);

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task An_own_change_is_read_again_only_where_anothers_of_the_same_was_just_before()
    {
        await _node.EnterAsync(Make.Alice);
        var own = Block with { IsOwn = true };
        Assert.Equal(0, Read(own));
        Assert.Equal(1, Read(Block));
        Assert.Equal(1, Read(own));
        Assert.Equal(1, Read(own, Block));
        Assert.Equal(0, Read());
        Assert.Equal(0, Read(own));
        Assert.Equal(1, Read(Block));
        Assert.Equal(0, Read(own with { Other = new UserId(99) }));
    }

    [Fact]
    public async Task However_many_there_are_each_is_read_once_and_first_what_may_end_a_login()
    {
        await _node.EnterAsync(Make.Alice);
        var changes = Enumerable.Range(1, ChangeFollower.Step * 2).Select(i => Block with { Other = new UserId(i) }).Append(new NodeChange(ChangeKind.User, Make.Bob.Id)).ToList();
        Assert.Equal(changes.Count, Read([.. changes, .. changes]));
        Assert.Equal([Make.Bob.Id], _log.UsersRead[0]);
    }

    [Fact]
    public void A_server_that_hears_nothing_of_changes_is_cut_off_though_it_sees_the_log()
    {
        _log.AreChangesAway = true;
        for (var waited = TimeSpan.Zero; waited <= NodeLink.CutOffAfter; waited += Follower.LookEvery)
        {
            Assert.Null(_node.Writer.Trouble);
            _clock.Advance(Follower.LookEvery);
            _node.Follow();
        }
        Assert.Equal(Refusal.StorageAway, _node.Writer.Trouble);
        _log.AreChangesAway = false;
        _clock.Advance(Follower.LookEvery);
        _node.Follow();
        Assert.Null(_node.Writer.Trouble);
    }

    /// <summary>Nobody else looks at it: the thread of changes is the first that reads from the standby.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task What_was_read_while_a_standby_took_over_is_read_again_once_the_past_was_held_against_its_log(int lost)
    {
        var alice = await _node.EnterAsync(Make.Alice);
        _node.Say(alice);
        _node.Write();
        _node.Publish();
        _node.Follow();
        _log.Changes = [new NodeChange(ChangeKind.SignUp)];
        _log.OnRead = () =>
        {
            _log.OnRead = () => { };
            _log.FailOver(lost);
        };
        _node.Link.Hint(CommitHint.Beside);
        _node.Follow();
        Assert.Equal(1, _log.SettingsRead);
        Assert.True(_node.Link.Past!.IsInDoubt);
        _node.Follow();
        Assert.Equal(2, _log.SettingsRead);
        Assert.False(_node.Link.Past.IsInDoubt);
        Assert.Equal(lost > 0, alice.IsClosing);
        Assert.Equal(lost > 0, _node.Rooms.MayBeLost(Make.Lobby.Id, 1));
        _node.Follow();
        Assert.Equal(2, _log.SettingsRead);
    }

    /// <summary>How often anybody was asked about when these had changed.</summary>
    private int Read(params NodeChange[] changes)
    {
        _log.UsersRead.Clear();
        _log.Changes = changes;
        _node.Link.Hint(CommitHint.Beside);
        _node.Follow();
        return _log.UsersRead.Count;
    }
}
