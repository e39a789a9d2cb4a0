namespace Minato.Core.Users;

/// <summary>Those whom somebody does not want to hear.</summary>
public static class BlockList
{
    /// <summary>People on one list, as many as Discord lets one be friends with: it travels whole in each welcome.</summary>
    public const int Max = 1_000;
}
