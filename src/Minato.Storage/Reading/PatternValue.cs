using Minato.Core.Rooms;

namespace Minato.Storage.Reading;

/// <summary>Which list was changed and how, in the one number of an envelope.</summary>
internal static class PatternValue
{
    internal static long Of(PatternList list, bool on) => ((long)list << 1) | (on ? 1L : 0);

    internal static (PatternList List, bool On) Read(long value) => ((PatternList)(value >> 1), (value & 1) != 0);
}
