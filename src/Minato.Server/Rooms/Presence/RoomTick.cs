using Microsoft.Extensions.Logging;

namespace Minato.Server.Rooms.Presence;

/// <summary>Tells what is not in the log, with one timer for all rooms: only rooms in which something stirred are looked at.</summary>
internal sealed partial class RoomTick : IAsyncDisposable
{
    /// <summary>Who arrives, leaves or types is told at most once in this time, whoever and however many do.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly LiveRooms _rooms;
    private readonly ILogger<RoomTick> _log;
    private readonly PeriodicTimer _timer;
    private readonly Turn _turn = new();
    private readonly Task _loop;

    internal RoomTick(LiveRooms rooms, TimeProvider clock, ILogger<RoomTick> log)
    {
        _rooms = rooms;
        _log = log;
        _timer = new PeriodicTimer(Interval, clock);
        _loop = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop;
    }

    private async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            _turn.Begin();
            foreach (var room in _rooms.TakeStirred())
                Tick(room);
            _turn.End();
        }
    }

    private void Tick(LiveRoom room)
    {
        try
        {
            room.Tick(_turn);
        }
        catch (Exception e)
        {
            LogTrouble(room.Id.Value, e);
        }
    }

    [LoggerMessage(212, LogLevel.Error, "Who is in room {Room} could not be told.")]
    private partial void LogTrouble(long room, Exception e);
}
