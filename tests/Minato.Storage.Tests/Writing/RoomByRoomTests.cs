using System.Text;
using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Writing;

namespace Minato.Storage.Tests.Writing;

public sealed class RoomByRoomTests
{
    private static readonly MessageBody Body = MessageBody.FromStore(Encoding.UTF8.GetBytes("x"));

    private readonly RoomByRoom _order = new();

    /// <summary>"ann2": ann posts in room 2. "-": anything else.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("ann2 bob1 cyd2 dan1", "1 3 0 2")]
    [InlineData("ann2 ann2 bob1 ann2", "2 0 1 3")]
    [InlineData("ann2 bob1 - cyd2 dan1", "1 0 2 4 3")]
    [InlineData("- ann2 bob1 -", "0 2 1 3")]
    // A person's second room begins a stretch of its own.
    [InlineData("ann2 bob1 ann1 cyd1 dan0", "1 0 4 2 3")]
    [InlineData("ann3 ann2 ann1", "0 1 2")]
    [InlineData("ann2 - ann1 bob0", "0 1 3 2")]
    public void Posts_are_taken_room_by_room_and_nothing_else_changes_its_place(string batch, string expected)
    {
        var commands = batch.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Read).ToList();
        // A second time: nothing of the batch before is left.
        for (var again = 0; again < 2; again++)
        {
            var order = _order.Of(commands).ToArray().Select(o => o.Index);
            Assert.Equal(expected, string.Join(' ', order));
        }
    }

    private static Command Read(string text) =>
        text == "-" ? new ForgetFiles([]) : new Post(Person(text[..3]), null, new RoomId(text[3] - '0'), Body);

    private static User Person(string nick) => new(new UserId(nick[0]), Guid.Empty, UserKind.Guest, nick);
}
