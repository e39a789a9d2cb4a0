namespace Minato.Core.Accounts;

/// <summary>What the owner has decided for everybody.</summary>
public sealed record WorkspaceSettings
{
    public SignUpPolicy SignUp { get; init; } = SignUpPolicy.Invitation;

    public DepartedMessages Departed { get; init; } = DepartedMessages.Keep;
}

/// <summary>Who may make an account. The one-time link for an owner works in any case.</summary>
public enum SignUpPolicy
{
    /// <summary>Nobody: not by an invitation, either.</summary>
    Closed,

    /// <summary>Who was invited.</summary>
    Invitation,

    /// <summary>Whoever reaches the server.</summary>
    Open,
}

/// <summary>What becomes of the messages of somebody who deletes their account.</summary>
public enum DepartedMessages
{
    /// <summary>They stay, under a name that is nobody's.</summary>
    Keep,

    /// <summary>They are erased.</summary>
    Erase,
}
