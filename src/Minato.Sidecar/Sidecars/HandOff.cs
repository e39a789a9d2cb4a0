namespace Minato.Sidecar;

/// <summary>How a program comes by its port. docs/guides/sidecar.md has what each guarantees, and what not.</summary>
public enum HandOff
{
    /// <summary>A socket of ours that listens already, as descriptor 3 (LISTEN_FDS, <c>{fd}</c>): nobody else can have the port. Linux.</summary>
    Inherit,

    /// <summary>The program binds port 0 itself, and says which one it got: nobody else can have it.</summary>
    Report,

    /// <summary>
    /// A leased number that we keep bound, without listening, while the program binds it too: for programs that set SO_REUSEADDR, as most
    /// servers do. Kept from all who do not set it. Linux.
    /// </summary>
    Hold,

    /// <summary>A leased number, which nobody gets who does not ask for this very one; who takes it is noticed, and another is tried.</summary>
    Reserve,
}
