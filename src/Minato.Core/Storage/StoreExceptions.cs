namespace Minato.Core.Storage;

/// <summary>The disk is full: nothing was changed, and the same may succeed later.</summary>
public sealed class StoreFullException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The disk or the file can no longer be trusted, or could not be opened. The message says what to do.</summary>
public sealed class StoreFailedException(string message, Exception? inner = null) : Exception(message, inner);
