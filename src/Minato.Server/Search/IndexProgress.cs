namespace Minato.Server.Search;

/// <summary>How far the index has come.</summary>
/// <param name="Done">Events.</param>
/// <param name="Total">Events there were when it began.</param>
/// <param name="IsComplete">Everything up to the last few moments is in it.</param>
internal sealed record IndexProgress(long Done, long Total, bool IsComplete);
