using System.Net;
using Minato.Server.Listening;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>
/// Whose welcome is next. A welcome takes some reads of the store and up to a millisecond of a core; when thousands lost the server together, a few are
/// at work at a time and the others wait, so that whoever is in already finds a core free. Addresses take turns, and those of one address come in their
/// order: thousands from one delay another by one welcome, not by thousands.
/// </summary>
/// <param name="atOnce">Welcomes at work.</param>
internal sealed class WelcomeQueue(int atOnce)
{
    /// <summary>Who may wait of one address (<see cref="AddressKey"/>): twice the largest storm that was measured, which came from one. More are sent away for a while.</summary>
    internal const int MaxOfAddress = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, WelcomeLine> _lines = [];

    /// <summary>Addresses of which somebody waits; whose turn is next comes first.</summary>
    private readonly LinkedList<WelcomeLine> _turns = [];

    /// <summary>Not 0 only while nobody waits.</summary>
    private int _free = atOnce;

    /// <summary>Welcomes at work at most.</summary>
    internal int AtOnce { get; } = atOnce;

    /// <summary>Those whose turn has not come yet.</summary>
    internal int Waiting
    {
        get
        {
            lock (_gate)
                return _lines.Values.Sum(l => l.Waiting.Count);
        }
    }

    /// <summary>
    /// Half as many as there are cores, and at least two. Where a store's readers wait for another machine, three of four of them: the cores are idle meanwhile,
    /// and who is in already finds a reader free.
    /// </summary>
    /// <param name="distantReaders">0: whoever reads does so on their own core.</param>
    internal static int PlacesFor(int distantReaders) => Math.Max(Math.Max(2, Environment.ProcessorCount / 2), distantReaders * 3 / 4);

    /// <summary>Takes a place where one is free. Give it back with <see cref="Leave"/>.</summary>
    internal bool TryEnter()
    {
        lock (_gate)
        {
            if (_free == 0)
                return false;
            _free--;
            return true;
        }
    }

    /// <summary>A turn that comes, unless it is given up before; null: too many of this address wait.</summary>
    internal WelcomeTurn? TryWait(IPAddress? address)
    {
        var key = AddressKey.Of(address);
        lock (_gate)
        {
            var turn = new WelcomeTurn(this);
            if (_free > 0)
            {
                _free--;
                turn.Come();
                return turn;
            }
            if (!_lines.TryGetValue(key, out var line))
            {
                _lines.Add(key, line = new WelcomeLine(key));
                _turns.AddLast(line.Place);
            }
            if (line.Waiting.Count >= MaxOfAddress)
                return null;
            turn.Join(line);
            return turn;
        }
    }

    internal void Leave()
    {
        WelcomeTurn next;
        lock (_gate)
        {
            if (_turns.First?.Value is not { } line)
            {
                _free++;
                return;
            }
            next = line.Waiting.First!.Value;
            // Behind all other addresses from here on.
            _turns.Remove(line.Place);
            _turns.AddLast(line.Place);
            Remove(next);
        }
        next.Come();
    }

    /// <summary>False: it has come already.</summary>
    internal bool TryGiveUp(WelcomeTurn turn)
    {
        lock (_gate)
        {
            if (!turn.IsWaiting)
                return false;
            Remove(turn);
            return true;
        }
    }

    private void Remove(WelcomeTurn turn)
    {
        var line = turn.LeaveLine();
        if (line.Waiting.Count > 0)
            return;
        _turns.Remove(line.Place);
        _lines.Remove(line.Address);
    }
}
