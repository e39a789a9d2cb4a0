namespace Minato.Wire.WebSocket.Handshake;

/// <summary>A header field of a request: the name in any case, the value without white space around it. A field sent twice stands twice.</summary>
public readonly record struct HttpHeader(string Name, string Value);
