namespace Minato.Wire.Irc;

/// <summary>What a client has asked to be told, or may say. https://ircv3.net/irc/</summary>
[Flags]
public enum IrcCaps
{
    None = 0,
    MessageTags = 1 << 0,
    ServerTime = 1 << 1,
    AccountTag = 1 << 2,
    ExtendedJoin = 1 << 3,
    Batch = 1 << 4,
    Multiline = 1 << 5,
    Redaction = 1 << 6,

    /// <summary>Those by which the bytes of an event differ: receivers who agree in these share them.</summary>
    OfEvents = MessageTags | ServerTime | AccountTag | ExtendedJoin | Batch | Multiline | Redaction | InviteNotify | AwayNotify | ChannelRename,

    EchoMessage = 1 << 7,
    LabeledResponse = 1 << 8,
    MultiPrefix = 1 << 9,
    UserhostInNames = 1 << 10,
    InviteNotify = 1 << 11,
    AwayNotify = 1 << 12,
    AccountNotify = 1 << 13,
    Chghost = 1 << 14,
    Setname = 1 << 15,
    CapNotify = 1 << 16,
    Sasl = 1 << 17,
    StandardReplies = 1 << 18,
    ChatHistory = 1 << 19,
    EventPlayback = 1 << 20,
    ReadMarker = 1 << 21,
    ExtendedMonitor = 1 << 22,
    NoImplicitNames = 1 << 23,
    DraftNoImplicitNames = 1 << 24,
    AccountRegistration = 1 << 30,
    ChannelRename = 1 << 25,
    Metadata2 = 1 << 26,
    Metadata3 = 1 << 27,

    /// <summary>Either: they differ in how changes are told.</summary>
    Metadata = Metadata2 | Metadata3,
}

public static class IrcCapNames
{
    /// <summary>Under which each is asked for, in the order in which they are listed.</summary>
    public static IReadOnlyList<(string Name, IrcCaps Cap)> All { get; } =
    [
        ("message-tags", IrcCaps.MessageTags),
        ("server-time", IrcCaps.ServerTime),
        ("echo-message", IrcCaps.EchoMessage),
        ("labeled-response", IrcCaps.LabeledResponse),
        ("batch", IrcCaps.Batch),
        ("standard-replies", IrcCaps.StandardReplies),
        ("multi-prefix", IrcCaps.MultiPrefix),
        ("userhost-in-names", IrcCaps.UserhostInNames),
        ("extended-join", IrcCaps.ExtendedJoin),
        ("account-notify", IrcCaps.AccountNotify),
        ("account-tag", IrcCaps.AccountTag),
        ("away-notify", IrcCaps.AwayNotify),
        ("setname", IrcCaps.Setname),
        ("invite-notify", IrcCaps.InviteNotify),
        ("cap-notify", IrcCaps.CapNotify),
        ("sasl", IrcCaps.Sasl),
        ("extended-monitor", IrcCaps.ExtendedMonitor),
        ("draft/chathistory", IrcCaps.ChatHistory),
        ("draft/event-playback", IrcCaps.EventPlayback),
        ("draft/read-marker", IrcCaps.ReadMarker),
        ("draft/message-redaction", IrcCaps.Redaction),
        ("draft/multiline", IrcCaps.Multiline),
        ("no-implicit-names", IrcCaps.NoImplicitNames),
        ("draft/no-implicit-names", IrcCaps.DraftNoImplicitNames),
        ("draft/account-registration", IrcCaps.AccountRegistration),
        ("draft/metadata-2", IrcCaps.Metadata2),
        ("draft/metadata-3", IrcCaps.Metadata3),
        ("draft/channel-rename", IrcCaps.ChannelRename),
    ];

    /// <summary>Whether at least one of these is among them.</summary>
    public static bool HasAny(this IrcCaps caps, IrcCaps any) => (caps & any) != IrcCaps.None;

    public static IrcCaps? Find(string name) => All.FirstOrDefault(c => c.Name == name) is { Name: not null } found ? found.Cap : null;
}
