using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Nodes.Here;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Nodes;

/// <summary>What nodes say to each other of who is here, which may be lost, and is said again.</summary>
public sealed class WhisperTests
{
    private static readonly RoomId Lobby = new(1), Dev = new(2);

    [Fact]
    public void What_is_written_is_read_however_much_it_is()
    {
        Whisper[] whispers =
        [
            Whisper.Ask, new(WhisperKind.Here, Lobby, [.. Users(1, 5_000)]), new(WhisperKind.Came, Dev, [.. Users(7, 2)]),
            new(WhisperKind.Went, Dev, [.. Users(7, 1)]), new(WhisperKind.Types, Lobby, [.. Users(9, 1)]),
        ];
        var others = new OthersHere(new ManualTime());
        foreach (var payload in Whisper.Write("a", whispers))
        {
            Assert.InRange(payload.Length, 1, ICommitFeed.MaxWhisper);
            var (node, read) = Whisper.Read(payload);
            others.Take(node, read);
        }
        Assert.Equal(Users(1, 5_000).ToHashSet(), others.In(Lobby));
        Assert.Equal(Users(8, 1).ToHashSet(), others.In(Dev));
    }

    [Fact]
    public void What_another_version_says_is_passed_over()
    {
        var (node, whispers) = Whisper.Read("a  !1:2 =x:1 = =3 =1:4,y,5");
        Assert.Equal("a", node);
        Assert.Equal(Users(4, 2), Assert.Single(whispers).Users);
    }

    [Fact]
    public void Who_is_here_by_two_nodes_is_so_until_both_say_otherwise_or_are_gone()
    {
        var clock = new ManualTime();
        var others = new OthersHere(clock);
        others.Take("a", [new Whisper(WhisperKind.Here, Lobby, [.. Users(1, 2)])]);
        others.Take("b", [new Whisper(WhisperKind.Here, Lobby, [.. Users(2, 2)])]);
        others.Take("a", [new Whisper(WhisperKind.Went, Lobby, [.. Users(2, 1)])]);
        Assert.Equal(Users(1, 3).ToHashSet(), others.In(Lobby));
        clock.Advance(OthersHere.GoneAfter);
        others.Take("b", [new Whisper(WhisperKind.Here, Lobby, [.. Users(3, 1)])]);
        clock.Advance(TimeSpan.FromSeconds(1));
        others.Expire();
        Assert.Equal(Users(3, 1).ToHashSet(), others.In(Lobby));
    }

    private static IEnumerable<UserId> Users(int first, int count) => Enumerable.Range(first, count).Select(i => new UserId(i));
}
