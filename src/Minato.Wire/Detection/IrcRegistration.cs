namespace Minato.Wire.Detection;

/// <summary>The commands an IRC client may begin with.</summary>
internal enum IrcRegistration
{
    None,
    Cap,
    Nick,
    User,
    Pass,
    Authenticate,
}
