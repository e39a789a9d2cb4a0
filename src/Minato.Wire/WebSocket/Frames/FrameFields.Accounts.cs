using System.Text.Json;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>Fields that only a request about accounts has: over WebSocket they are as unknown as any other.</summary>
internal sealed partial class FrameFields
{
    internal string? Id { get; private set; }
    internal string? Password { get; private set; }
    internal string? New { get; private set; }
    internal string? Invitation { get; private set; }
    internal string? Guest { get; private set; }
    internal string? Code { get; private set; }
    internal string? Device { get; private set; }
    internal string? Known { get; private set; }
    internal bool? Cookie { get; private set; }
    internal string? Name { get; private set; }
    internal string? Scope { get; private set; }
    internal long? Expires { get; private set; }
    internal string? SignUp { get; private set; }
    internal string? Departed { get; private set; }
    internal bool? Active { get; private set; }
    internal bool? Deactivate { get; private set; }
    internal string? State { get; private set; }
    internal string? Resolution { get; private set; }

    private bool TryReadAccountField(ref Utf8JsonReader reader, scoped ReadOnlySpan<char> name)
    {
        switch (name)
        {
            case "password": Password = Text(ref reader, name, Password); break;
            case "new": New = Text(ref reader, name, New); break;
            case "invitation": Invitation = Text(ref reader, name, Invitation); break;
            case "guest": Guest = Text(ref reader, name, Guest); break;
            case "code": Code = Text(ref reader, name, Code); break;
            case "device": Device = Text(ref reader, name, Device); break;
            case "known": Known = Text(ref reader, name, Known); break;
            case "cookie": Cookie = Flag(ref reader, name, Cookie); break;
            case "name": Name = Text(ref reader, name, Name); break;
            case "scope": Scope = Text(ref reader, name, Scope); break;
            case "expires": Expires = Number(ref reader, name, Expires); break;
            case "signup": SignUp = Text(ref reader, name, SignUp); break;
            case "departed": Departed = Text(ref reader, name, Departed); break;
            case "active": Active = Flag(ref reader, name, Active); break;
            case "deactivate": Deactivate = Flag(ref reader, name, Deactivate); break;
            case "resolution": Resolution = Text(ref reader, name, Resolution); break;
            default: return false;
        }
        return true;
    }
}
