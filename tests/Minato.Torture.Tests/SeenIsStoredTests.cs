using Minato.Core.Events;
using Minato.Torture.Checking;

namespace Minato.Torture.Tests;

public sealed class SeenIsStoredTests
{
    /// <summary>What is rarely made would else be a violation of the one run that makes it.</summary>
    [Fact]
    public void Every_kind_of_event_is_known_by_its_type() =>
        Assert.Equal(Enum.GetValues<EventKind>(), SeenIsStored.Kinds.Values.Order());
}
