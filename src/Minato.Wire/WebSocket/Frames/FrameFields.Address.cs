using System.Globalization;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>Fields that stand outside of the JSON: in the address of a request, or in its headers.</summary>
internal sealed partial class FrameFields
{
    internal string? Keep { get; private set; }

    /// <summary>Takes a value that is no JSON: a part of an address, or a header. The JSON must not say it again.</summary>
    /// <exception cref="FrameException">Not of the field's type, or there already.</exception>
    internal void Set(string name, string text)
    {
        switch (name)
        {
            case "cid": Cid = Given(name, text, Cid); break;
            case "id": Id = Given(name, text, Id); break;
            case "name": Name = Given(name, text, Name); break;
            case "room": Room = Given(name, text, Room); break;
            case "user": User = Given(name, text, User); break;
            case "link": Link = Given(name, text, Link); break;
            case "emoji": Emoji = Given(name, text, Emoji); break;
            case "query": Query = Given(name, text, Query); break;
            case "seq": Seq = GivenNumber(name, text, Seq); break;
            case "before": Before = GivenNumber(name, text, Before); break;
            case "after" when IsNumber(text, out _): After = GivenNumber(name, text, After ?? (object?)AfterUser); break;
            case "after": AfterUser = Given(name, text, AfterUser ?? (object?)After); break;
            case "around": Around = GivenNumber(name, text, Around); break;
            case "thread": Thread = GivenNumber(name, text, Thread); break;
            case "limit": Limit = GivenNumber(name, text, Limit); break;
            case "wait": Wait = GivenNumber(name, text, Wait); break;
            case "state": State = Given(name, text, State); break;
            case "keep": Keep = Given(name, text, Keep); break;
            case "pattern": Pattern = Given(name, text, Pattern); break;
            case "list": List = Given(name, text, List); break;
            default: throw new ArgumentOutOfRangeException(nameof(name), name, "No address says this.");
        }
    }

    /// <summary>What the address itself says by its method.</summary>
    internal void TurnOn(bool on) => On = on;

    private static string Given(string name, string text, object? before)
    {
        Once(name, before);
        return text;
    }

    private static long GivenNumber(string name, string text, object? before)
    {
        Once(name, before);
        return IsNumber(text, out var value) ? value : throw Bad($"\"{name}\" is not a whole number from 0 to 2^53 - 1, in digits.");
    }

    private static bool IsNumber(string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= MaxNumber;
}
