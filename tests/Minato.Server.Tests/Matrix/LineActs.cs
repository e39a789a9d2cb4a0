using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Tests.Kit;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Tests.Matrix;

/// <summary>The actions that there are at a terminal; what came of each as the protocols' code, null for done.</summary>
internal static class LineActs
{
    /// <summary>Whether it can be tried: what is typed goes to the room that one is in.</summary>
    public static bool Knows(RoomAction action, Standing standing) => action switch
    {
        RoomAction.Read or RoomAction.Join or RoomAction.JoinByLink => true,
        RoomAction.Post or RoomAction.SetTopic or RoomAction.Report or RoomAction.Leave => standing.IsMember(),
        _ => false,
    };

    public static async Task<string?> DoAsync(RawClient terminal, MatrixScene scene, RoomAction action)
    {
        var slug = scene.Room.Slug!;
        if (action is RoomAction.Post or RoomAction.SetTopic or RoomAction.Report)
        {
            await terminal.SendAsync($"/join #{slug}\n");
            await terminal.ExpectAsync($"* You are in #{slug}.");
        }
        var (line, done) = action switch
        {
            RoomAction.Read => ($"/who #{slug}", $"* #{slug}, "),
            RoomAction.Join => ($"/join #{slug}", $"* You are in #{slug}."),
            RoomAction.JoinByLink => ($"/join http://localhost/#join={scene.Secret.Text}", $"* You are in #{slug}."),
            RoomAction.Leave => ($"/leave #{slug}", $"* You left #{slug}"),
            RoomAction.Post => ("a line of one's own", $"#{slug} <{scene.Actor.Nick}> a line of one's own"),
            RoomAction.Report => ($"/report {scene.OthersMessage} spam", $"* Message {scene.OthersMessage} in #{slug} is reported"),
            RoomAction.SetTopic => ("/topic Of this room", $"* {scene.Actor.Nick} set the topic of #{slug}: Of this room"),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
        };
        await terminal.SendAsync(line + "\n");
        while (await terminal.ReadLineAsync($"what came of {line}") is { } answer)
        {
            if (answer.StartsWith(done, StringComparison.Ordinal))
                return null;
            foreach (var refusal in Enum.GetValues<Refusal>())
                if (answer == "* " + refusal.Sentence())
                    return Codes.Of(refusal);
        }
        throw new InvalidOperationException($"Closed before {line} was answered.");
    }
}
