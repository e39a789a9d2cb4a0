namespace Minato.PortBench;

/// <summary>How visits to a server went.</summary>
/// <param name="Answered">By a whole answer.</param>
/// <param name="Refused">At the connection: nobody listened.</param>
/// <param name="Reset">The connection was broken before the whole answer.</param>
/// <param name="Unanswered">It was closed before the whole answer, or nothing came for ten seconds.</param>
/// <param name="NotTried">The client itself had no port or descriptor left: the run proves nothing then.</param>
internal readonly record struct Visits(long Answered, long Refused, long Reset, long Unanswered, long NotTried)
{
    public static Visits operator +(Visits one, Visits other) => new(
        one.Answered + other.Answered, one.Refused + other.Refused, one.Reset + other.Reset, one.Unanswered + other.Unanswered, one.NotTried + other.NotTried);
}
