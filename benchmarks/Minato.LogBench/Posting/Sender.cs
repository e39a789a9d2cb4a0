using System.Diagnostics;
using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.LogBench.Texts;
using Minato.Server.Log;
using Minato.Server.Rooms;

namespace Minato.LogBench.Posting;

/// <summary>One session's side of posting: a lane, and the next post as soon as the lane allows.</summary>
internal sealed class Sender(LogWriter log, User user, RoomId[] rooms, MessageBody[] bodies, Load load, AckLog acks, int index)
{
    private readonly Lane _lane = new();
    private readonly Random _random = new(index);
    private int _posted;

    internal async Task PostAsync(CancellationToken until)
    {
        await Task.Yield();
        while (!until.IsCancellationRequested)
        {
            await (load.Window == 1 ? _lane.WhenIdle() : _lane.WhenRoom());
            if (load.Think > TimeSpan.Zero)
                await Task.Delay(load.Think * -Math.Log(1 - _random.NextDouble()), CancellationToken.None);
            Submit();
        }
        await _lane.WhenIdle();
    }

    private void Submit()
    {
        var number = ((long)index << 40) + _posted;
        var body = (index * 31 + _posted) % bodies.Length;
        _ = ClientId.TryCreate(Ulid.Of(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), number), out var cid);
        var post = new Post(user, cid, rooms[_posted % rooms.Length], bodies[body]);
        _posted++;
        if (log.Submit(new TimedSubmission(post, _lane, body, acks)) is { } refused)
            acks.Refuse(refused);
    }

    private sealed class TimedSubmission(Post post, Lane lane, int body, AckLog acks) : Submission(post, lane)
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        internal override void Complete(Outcome outcome, Turn turn) => acks.Add(post, body, outcome, Stopwatch.GetTimestamp() - _start);
    }
}
