using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>A promise that one client after the other is held against, so that no more than one client's entries are in memory at a time.</summary>
internal interface IClientCheck
{
    /// <param name="entries">All of one actor's, in their order.</param>
    IEnumerable<Violation> Of(IReadOnlyList<Entry> entries);
}
