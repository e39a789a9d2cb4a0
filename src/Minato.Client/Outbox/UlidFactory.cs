using System.Security.Cryptography;

namespace Minato.Client;

/// <summary>Makes ULIDs (github.com/ulid/spec): 48 bits of time and 80 of chance in base 32, each one greater than the one before.</summary>
internal sealed class UlidFactory(TimeProvider time)
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int ChanceDigits = 16;

    private readonly Lock _gate = new();
    private readonly byte[] _chance = new byte[ChanceDigits];
    private long _time = -1;

    internal string Next()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            if (now > _time || !TryIncrement())
            {
                _time = Math.Max(now, _time + 1);
                RandomNumberGenerator.Fill(_chance);
                foreach (ref var digit in _chance.AsSpan())
                    digit &= 31;
            }
            return string.Create(10 + ChanceDigits, (_time, _chance), static (text, state) =>
            {
                for (var i = 0; i < 10; i++)
                    text[i] = Alphabet[(int)(state._time >> (5 * (9 - i))) & 31];
                for (var i = 0; i < ChanceDigits; i++)
                    text[10 + i] = Alphabet[state._chance[i]];
            });
        }
    }

    /// <summary>False when the chance of this millisecond is used up; the next one is borrowed then.</summary>
    private bool TryIncrement()
    {
        for (var i = ChanceDigits - 1; i >= 0; i--)
        {
            if (_chance[i] < 31)
            {
                _chance[i]++;
                return true;
            }
            _chance[i] = 0;
        }
        return false;
    }
}
