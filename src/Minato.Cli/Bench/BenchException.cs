namespace Minato.Cli.Bench;

/// <summary>It cannot be measured; the message says why, and what to do.</summary>
internal sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
