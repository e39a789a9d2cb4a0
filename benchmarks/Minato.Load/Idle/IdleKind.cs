using System.Text;

namespace Minato.Load.Idle;

/// <summary>A kind of connection whose sleep is measured.</summary>
/// <param name="Name">As the table and <c>--kinds</c> call it.</param>
/// <param name="EnterAsync">Brings one in, as who it is and where: a port, a number of nobody else's, and the room.</param>
internal sealed record IdleKind(string Name, Func<int, int, string, Task<ILoadSocket>> EnterAsync, bool IsTls = false, bool IsBare = false)
{
    private const int Buffer = Entrance.Buffer;

    internal static IReadOnlyList<IdleKind> All { get; } =
    [
        new("websocket", (port, _, room) => Entrance.EnterAsync(port, room)),
        new("irc", EnterIrcAsync),
        new("lines", EnterLinesAsync),
        new("tls", (port, _, room) => Entrance.EnterAsync(port, room, IdleCertificate.Client), IsTls: true),
        // A connection of Kestrel's that echoes lines, with nothing of ours: what is left of the others is what Minato adds.
        new("kestrel", (port, _, _) => EnterBareAsync(port), IsBare: true),
    ];

    private static async Task<ILoadSocket> EnterIrcAsync(int port, int number, string room)
    {
        var socket = await LineSocket.ConnectAsync(port, Buffer);
        await socket.SendAsync($"NICK idle{number}\r\nUSER idle 0 * :idle\r\nJOIN {room}");
        await Entrance.HearAsync(socket, line => line.IndexOf(" 366 "u8) >= 0);
        return socket;
    }

    private static async Task<ILoadSocket> EnterLinesAsync(int port, int number, string room)
    {
        var socket = await LineSocket.ConnectAsync(port, Buffer);
        await socket.SendAsync($"/nick idle{number}\r\n/join {room}");
        await Entrance.HearAsync(socket, line => line.StartsWith("* "u8) && line.IndexOf(Encoding.ASCII.GetBytes(room)) >= 0);
        return socket;
    }

    private static async Task<ILoadSocket> EnterBareAsync(int port)
    {
        var socket = await LineSocket.ConnectAsync(port, Buffer);
        await socket.SendAsync("hello");
        await Entrance.HearAsync(socket, line => line.SequenceEqual("hello"u8));
        return socket;
    }
}
