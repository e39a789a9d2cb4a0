namespace Minato.Server;

/// <summary>What lets one page in, once, within <see cref="Lifetime"/>. Hand it to the page alone, and to nobody's log.</summary>
/// <param name="Text">For the address, <c>URL#ticket=TEXT</c>, or for the iframe that asks for it; 43 characters.</param>
/// <param name="Expires">When it is too late.</param>
public sealed record Ticket(string Text, DateTimeOffset Expires)
{
    /// <summary>30 s: a page loads and asks within a few, also on a machine that has just woken up.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    /// <summary>Never in a log.</summary>
    public override string ToString() => "…";
}
