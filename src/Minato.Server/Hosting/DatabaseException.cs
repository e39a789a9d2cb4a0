namespace Minato.Server;

/// <summary>The database cannot be used, or no longer be trusted. The message says why and what to do.</summary>
public sealed class DatabaseException(string message, Exception inner) : Exception(message, inner);
