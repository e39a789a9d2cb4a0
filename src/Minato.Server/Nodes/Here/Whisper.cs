using System.Globalization;
using System.Text;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;

namespace Minato.Server.Nodes.Here;

/// <summary>One thing that a node says of a room to the others.</summary>
internal readonly record struct Whisper(WhisperKind Kind, RoomId Room, IReadOnlyList<UserId> Users)
{
    /// <summary>Users in one: with several of them a payload is filled well, and none is too long for it.</summary>
    private const int MaxUsers = 300;

    /// <summary>A node that has just come wants to know who is here.</summary>
    internal static readonly Whisper Ask = new(WhisperKind.Ask, default, []);

    // payload = node *(" " kind [room ":" user *("," user)])   numbers in decimal
    internal static IEnumerable<string> Write(string node, IEnumerable<Whisper> whispers)
    {
        var payload = new StringBuilder(node);
        foreach (var whisper in whispers.SelectMany(InPieces))
        {
            var text = string.Create(
                CultureInfo.InvariantCulture, $" {(char)whisper.Kind}{whisper.Room.Value}:{string.Join(',', whisper.Users.Select(u => u.Value.ToString(CultureInfo.InvariantCulture)))}");
            if (payload.Length + text.Length > ICommitFeed.MaxWhisper)
            {
                yield return payload.ToString();
                payload.Clear().Append(node);
            }
            payload.Append(text);
        }
        if (payload.Length > node.Length)
            yield return payload.ToString();
    }

    /// <summary>What cannot be read is another version's, and passed over.</summary>
    internal static (string Node, List<Whisper> Whispers) Read(string payload)
    {
        var parts = payload.Split(' ');
        var whispers = new List<Whisper>(parts.Length - 1);
        foreach (var part in parts.Skip(1))
            if (part.Length > 0 && part[1..].Split(':') is [var room, var users] && long.TryParse(room, CultureInfo.InvariantCulture, out var id)
                && Enum.IsDefined((WhisperKind)part[0]))
                whispers.Add(new Whisper((WhisperKind)part[0], new RoomId(id), [.. Numbers(users)]));
        return (parts[0], whispers);
    }

    private static IEnumerable<UserId> Numbers(string list)
    {
        foreach (var number in list.Split(',', StringSplitOptions.RemoveEmptyEntries))
            if (long.TryParse(number, CultureInfo.InvariantCulture, out var id))
                yield return new UserId(id);
    }

    /// <summary>What does not fit goes on as those who have come besides.</summary>
    private static IEnumerable<Whisper> InPieces(Whisper whole)
    {
        if (whole.Users.Count <= MaxUsers)
            return [whole];
        return whole.Users.Chunk(MaxUsers).Select((piece, i) => new Whisper(i > 0 && whole.Kind == WhisperKind.Here ? WhisperKind.Came : whole.Kind, whole.Room, piece));
    }
}

/// <summary>The letter that stands for it.</summary>
internal enum WhisperKind
{
    Ask = '?',

    /// <summary>All who are in the room by the node.</summary>
    Here = '=',
    Came = '+',
    Went = '-',
    Types = '~',
}
