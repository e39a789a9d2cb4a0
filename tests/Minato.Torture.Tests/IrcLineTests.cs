using Minato.Torture.Fleet.Irc;
using Minato.Torture.Histories;

namespace Minato.Torture.Tests;

/// <summary>Lines as the clients read them.</summary>
public sealed class IrcLineTests
{
    [Fact]
    public void A_line_has_tags_a_source_a_command_and_parameters_of_which_the_last_may_be_any_text()
    {
        var line = IrcLine.Parse("@time=2026-01-01T00:00:00.000Z;msgid=a-1;label= :alice!~alice@host PRIVMSG #a :one :two ");
        Assert.Equal(("alice", "PRIVMSG", "#a", "one :two "), (line.Source, line.Command, line[0], line[1]));
        Assert.Equal(("a-1", "", null), (line.Tag("msgid"), line.Tag("label"), line.Tag("batch")));
        Assert.Equal(("", "PING", "x", ""), (IrcLine.Parse("PING x").Source, IrcLine.Parse("PING x").Command, IrcLine.Parse("PING x")[0], IrcLine.Parse("PING x")[1]));
    }

    [Fact]
    public void The_first_line_of_a_body_names_its_id_and_one_that_was_changed_does_not()
    {
        var body = BodyText.Of("f0s1.9", 400, lines: true);
        Assert.Equal("f0s1.9", BodyText.IdOfPiece(body.Split('\n')[0]));
        Assert.Equal("f0s1.9", BodyText.IdOfPiece(body[..200]));
        Assert.StartsWith("?", BodyText.IdOfPiece(body.Split('\n')[0] + "!"), StringComparison.Ordinal);
    }
}
