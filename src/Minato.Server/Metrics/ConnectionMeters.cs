using Minato.Wire.Detection;

namespace Minato.Server.Metrics;

/// <summary>Connections by what they turned out to be.</summary>
internal sealed class ConnectionMeters
{
    /// <summary>What is counted apart; the rest was refused.</summary>
    internal static readonly IReadOnlyList<string> Protocols = ["websocket", "http", "lines", "irc"];

    private readonly Gauge[] _now = [new(), new(), new(), new()];
    private readonly Counter[] _total = [new(), new(), new(), new()];

    internal Gauge Undecided { get; } = new();

    /// <summary>Too many undecided ones, or a protocol that is not spoken here.</summary>
    internal Counter Refused { get; } = new();

    internal long Now(int protocol) => _now[protocol].Value;

    internal long Total(int protocol) => _total[protocol].Value;

    /// <summary>A connection that may still be anything. Dispose it with the connection.</summary>
    internal CountedConnection Enter() => new(this);

    internal sealed class CountedConnection : IDisposable
    {
        private readonly ConnectionMeters _meters;
        private Gauge? _counted;

        internal CountedConnection(ConnectionMeters meters)
        {
            _meters = meters;
            Move(meters.Undecided);
        }

        internal void Becomes(Protocol protocol, bool isUpgraded = false)
        {
            // Who came and went, as health checks and browsers ahead of need do, was refused nothing.
            if (protocol == Protocol.Refused)
            {
                Move(null);
                return;
            }
            var index = protocol switch
            {
                Protocol.Http or Protocol.Http2 => isUpgraded ? 0 : 1,
                Protocol.Lines => 2,
                Protocol.Irc => 3,
                _ => -1,
            };
            if (index < 0)
                _meters.Refused.Add();
            else
                _meters._total[index].Add();
            Move(index < 0 ? null : _meters._now[index]);
        }

        public void Dispose() => Move(null);

        private void Move(Gauge? to)
        {
            _counted?.Add(-1);
            (_counted = to)?.Add(1);
        }
    }
}
