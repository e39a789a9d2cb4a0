using System.Buffers;
using System.Text;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Wire.Lines;

namespace Minato.Wire.Tests.Lines;

public sealed class LineWriterTests
{
    private static readonly User Alice = new(new UserId(1), Guid.NewGuid(), UserKind.Guest, "alice");
    private static readonly User Bob = new(new UserId(2), Guid.NewGuid(), UserKind.Visitor, "ボブ");
    private static readonly Room Lobby = new(new RoomId(1), Guid.NewGuid(), RoomKind.Public, "lobby", "Lobby", "", Archived: false);
    private static readonly Room Direct = new(new RoomId(2), Guid.NewGuid(), RoomKind.Direct, null, "", "", Archived: false) { Users = [Alice, Bob] };

    [Theory]
    [InlineData("hello", "#lobby <alice> hello\n")]
    [InlineData("一\n\n* 三", "#lobby <alice> 一\n#lobby <alice> \n#lobby <alice> * 三\n")]
    [InlineData("\nx\n", "#lobby <alice> \n#lobby <alice> x\n#lobby <alice> \n")]
    [InlineData("a\tb", "#lobby <alice> a\tb\n")]
    public void Each_line_of_a_message_repeats_the_prefix(string body, string expected) =>
        AssertWritten(expected, (writer, output) => writer.Event(output, Lobby, new Posted(Lobby.Id, 2, 0, Alice, 1, Body(body))));

    [Fact]
    public void A_sequence_number_stands_before_each_line_where_it_is_asked_for() =>
        AssertWritten("42 #lobby <ボブ> a\n42 #lobby <ボブ> b\n", (writer, output) => writer.Message(output, Lobby, Bob, Body("a\nb"), seq: 42));

    [Fact]
    public void An_erased_message_says_so()
    {
        AssertWritten("7 #lobby <alice> (erased)\n", (writer, output) => writer.Message(output, Lobby, Alice, body: null, seq: 7));
        AssertWritten("#lobby <alice> (erased)\n", (writer, output) => writer.Event(output, Lobby, new Posted(Lobby.Id, 2, 0, Alice, 1, Body: null)));
    }

    [Fact]
    public void A_direct_room_is_named_by_its_people() =>
        AssertWritten("@alice+ボブ <ボブ> hi\n", (writer, output) => writer.Message(output, Direct, Bob, Body("hi"), seq: null));

    [Fact]
    public void A_notice_begins_with_a_star() => AssertWritten("* Welcome to 港.\n", (writer, output) => writer.Notice(output, "Welcome to 港."));

    [Fact]
    public void A_topic_is_news_and_other_events_are_not()
    {
        AssertWritten("* alice set the topic of #lobby: 港の話\n", (writer, output) => writer.Event(output, Lobby, new TopicChanged(Lobby.Id, 2, 0, Alice, "港の話")));
        AssertWritten("* alice cleared the topic of #lobby.\n", (writer, output) => writer.Event(output, Lobby, new TopicChanged(Lobby.Id, 2, 0, Alice, "")));
        foreach (var quiet in new RoomEvent[]
        {
            new Joined(Lobby.Id, 2, 0, Alice), new Left(Lobby.Id, 2, 0, Alice), new Created(Lobby.Id, 1, 0, Alice, RoomKind.Public, "lobby", "Lobby"),
        })
            AssertWritten("", (writer, output) => writer.Event(output, Lobby, quiet));
    }

    /// <summary>The same with either line end, and no other line end in it.</summary>
    private static void AssertWritten(string expected, Action<LineWriter, IBufferWriter<byte>> write)
    {
        var (lf, crlf) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        write(LineWriter.Lf, lf);
        write(LineWriter.CrLf, crlf);
        Assert.Equal(expected, Encoding.UTF8.GetString(lf.WrittenSpan));
        Assert.Equal(expected.Replace("\n", "\r\n"), Encoding.UTF8.GetString(crlf.WrittenSpan));
    }

    private static MessageBody Body(string text) => MessageBody.FromStore(Encoding.UTF8.GetBytes(text));
}
