namespace Minato.LogBench.Texts;

/// <summary>Client ids as a client makes them: 48 bits of time, 80 of chance, in Crockford's base 32. The same in every run.</summary>
internal static class Ulid
{
    internal static string Of(long ts, long number) => string.Create(26, (ts, number), static (text, of) =>
    {
        const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        for (var i = 9; i >= 0; i--, of.ts >>= 5)
            text[i] = Digits[(int)(of.ts & 31)];
        // Two rounds of a splitting mix: chance enough for an index.
        var chance = (ulong)of.number * 0x9E3779B97F4A7C15;
        for (var i = 10; i < 26; i++)
        {
            chance = (chance ^ (chance >> 30)) * 0xBF58476D1CE4E5B9 + 0x94D049BB133111EB;
            text[i] = Digits[(int)(chance >> 59)];
        }
    });
}
