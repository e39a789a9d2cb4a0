namespace Minato.Core.Rights;

/// <summary>What a cell of <see cref="RightsTable"/> says.</summary>
public enum Right
{
    Yes,

    /// <summary>With one's own message; with another's it is forbidden.</summary>
    Own,

    /// <summary>To somebody of lower rank; else it is forbidden.</summary>
    Below,

    /// <summary>Forbidden.</summary>
    No,

    /// <summary>Members only.</summary>
    Join,

    /// <summary>One is a member already.</summary>
    In,

    /// <summary>The room does not exist for this one.</summary>
    None,
}
