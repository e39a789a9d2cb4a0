namespace Minato.Wire.Irc;

/// <summary>What IRC clients tell each other and no log keeps. https://ircv3.net/specs/extensions/message-tags#the-tagmsg-tag-only-message</summary>
/// <param name="Id">Of no message in any log: whoever answers it, or would delete it, finds none.</param>
/// <param name="Text">Null: there are tags alone.</param>
/// <param name="Tags">Client-only tags, with their plus.</param>
public sealed record PassedOn(string Id, string Command, string Target, ReadOnlyMemory<byte>? Text, IReadOnlyList<KeyValuePair<string, string>> Tags);
