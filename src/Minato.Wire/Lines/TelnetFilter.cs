namespace Minato.Wire.Lines;

internal enum TelnetStep
{
    /// <summary>The byte belongs to the command: drop it.</summary>
    Drop,

    /// <summary>The byte is the user's.</summary>
    Data,

    /// <summary>The command was IP, "interrupt process".</summary>
    Interrupt,

    /// <summary>The command was DO TIMING-MARK.</summary>
    TimingMark,
}

// command     = IAC (NOP | IP | AYT | …)
// negotiation = IAC (WILL | WONT | DO | DONT) option
// subnegotiation = IAC SB option *( byte | IAC IAC ) IAC SE     https://www.rfc-editor.org/rfc/rfc854#page-13
/// <summary>Takes the telnet commands out of a stream, a byte at a time. A mutable struct: keep it in a field.</summary>
internal struct TelnetFilter
{
    /// <summary>A terminal's name or its environment fits into 1 KiB; what goes on longer is not a subnegotiation, and read as text again.</summary>
    public const int MaxSubnegotiation = 1024;

    public const byte Iac = 255;

    private const byte SubnegotiationEnd = 240;
    private const byte InterruptProcess = 244;
    private const byte SubnegotiationBegin = 250;
    private const byte Will = 251;
    private const byte Do = 253;
    private const byte Dont = 254;
    private const byte TimingMark = 6;

    private State _state;
    private int _skipped;
    private byte _command;

    /// <summary>Whether the peer has shown that it is a telnet client.</summary>
    public bool HasSeenCommand { get; private set; }

    private enum State : byte
    {
        Data,
        Command,
        Option,
        Subnegotiation,
        SubnegotiationCommand,
    }

    /// <summary>True between commands: the next byte is the user's, unless it is IAC.</summary>
    public readonly bool IsIdle => _state == State.Data;

    public TelnetStep Take(byte value)
    {
        switch (_state)
        {
            case State.Data when value == Iac:
                _state = State.Command;
                return TelnetStep.Drop;
            case State.Command:
                return TakeCommand(value);
            case State.Option:
                _state = State.Data;
                return _command == Do && value == TimingMark ? TelnetStep.TimingMark : TelnetStep.Drop;
            case State.Subnegotiation or State.SubnegotiationCommand:
                TakeSubnegotiation(value);
                return TelnetStep.Drop;
            default:
                return TelnetStep.Data;
        }
    }

    private TelnetStep TakeCommand(byte value)
    {
        _skipped = 0;
        _command = value;
        HasSeenCommand |= value >= SubnegotiationEnd;
        _state = value switch
        {
            SubnegotiationBegin => State.Subnegotiation,
            >= Will and <= Dont => State.Option,
            _ => State.Data,
        };
        return value switch
        {
            InterruptProcess => TelnetStep.Interrupt,
            // No command at all: the 255 was noise, and the byte behind it may well be the line's end.
            < SubnegotiationEnd => TelnetStep.Data,
            // IAC IAC is the data byte 255, which UTF-8 has no use for.
            _ => TelnetStep.Drop,
        };
    }

    private void TakeSubnegotiation(byte value)
    {
        if (++_skipped >= MaxSubnegotiation || (_state == State.SubnegotiationCommand && value == SubnegotiationEnd))
            _state = State.Data;
        else
            _state = _state == State.Subnegotiation && value == Iac ? State.SubnegotiationCommand : State.Subnegotiation;
    }
}
