namespace Minato.Server;

/// <summary>The certificate or its key cannot be used; the message says which file, why, and what to do.</summary>
public sealed class CertificateException(string message, Exception? inner = null) : Exception(message, inner);
