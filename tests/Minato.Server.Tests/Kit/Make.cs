using System.Text;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Server.Tests;

/// <summary>Rooms, people and what they say, where a test does not care for more.</summary>
internal static class Make
{
    public static readonly User Alice = new(new UserId(1), Guid.CreateVersion7(), UserKind.Guest, "alice");

    public static readonly User Bob = new(new UserId(2), Guid.CreateVersion7(), UserKind.Guest, "bob");

    public static readonly Room Lobby = new(new RoomId(1), Guid.CreateVersion7(), RoomKind.Public, "lobby", "Lobby", "", Archived: false) { History = HistoryView.All };

    public static MessageBody Body(string text) => MessageBody.FromStore(Encoding.UTF8.GetBytes(text));

    public static Post Post(string text, User? by = null) => new(by ?? Alice, null, Lobby.Id, Body(text));

    public static Posted Posted(long seq, string text = "x") => new(Lobby.Id, seq, seq, Alice, seq, Body(text));

    public static Logged Logged(long seq, string text = "x", User? by = null) => new(Lobby, seq, seq, Posted(seq, text) with { From = by ?? Alice });
}
