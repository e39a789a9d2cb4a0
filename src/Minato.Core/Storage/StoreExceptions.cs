namespace Minato.Core.Storage;

/// <summary>What a store could not do as a whole, whatever was asked.</summary>
public abstract class StoreException(string message, Exception? inner) : Exception(message, inner);

/// <summary>The disk is full: nothing was changed, and the same may succeed later.</summary>
public sealed class StoreFullException(string message, Exception? inner = null) : StoreException(message, inner);

/// <summary>The database's server is not there for now: nothing was changed, and the same may succeed later.</summary>
public sealed class StoreAwayException(string message, Exception? inner = null) : StoreException(message, inner);

/// <summary>The disk or the file can no longer be trusted, or could not be opened. The message says what to do.</summary>
public sealed class StoreFailedException(string message, Exception? inner = null) : StoreException(message, inner);

/// <summary>It was to be had alone, and a server uses it.</summary>
public sealed class StoreInUseException(string message) : StoreException(message, inner: null);
