using Minato.Wire.Detection;

namespace Minato.Fuzz.Models;

/// <summary>The first message of TLS, read as the grammar stands: byte by byte, and thrown away where it does not fit.</summary>
internal static class HelloModel
{
    internal static ClientHello Judge(byte[] input)
    {
        if (input.Length < 5)
            return ClientHello.Incomplete;
        var length = (input[3] << 8) + input[4];
        if (length > 16_384)
            return ClientHello.Http;
        if (input.Length < 5 + length)
            return ClientHello.Incomplete;
        var rest = new Queue<byte>(input[5..(5 + length)]);
        try
        {
            return OfHello(rest);
        }
        catch (InvalidOperationException)
        {
            return ClientHello.Http;
        }
    }

    private static ClientHello OfHello(Queue<byte> rest)
    {
        if (rest.Dequeue() != 1)
            return ClientHello.Http;
        Take(rest, 3 + 2 + 32);
        Take(rest, rest.Dequeue());
        Take(rest, Number(rest));
        Take(rest, rest.Dequeue());
        if (rest.Count == 0)
            return ClientHello.Other;
        var extensions = Take(rest, Number(rest));
        while (extensions.Count >= 2)
        {
            var type = Number(extensions);
            var data = Take(extensions, Number(extensions));
            if (type == 16)
                return NamesIrc(data) ? ClientHello.Other : ClientHello.Http;
        }
        return ClientHello.Other;
    }

    /// <summary>Those before one that does not fit count.</summary>
    private static bool NamesIrc(Queue<byte> data)
    {
        try
        {
            var names = Take(data, Number(data));
            while (true)
                if (Take(names, names.Dequeue()).SequenceEqual("irc"u8.ToArray()))
                    return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static int Number(Queue<byte> bytes) => (bytes.Dequeue() << 8) + bytes.Dequeue();

    private static Queue<byte> Take(Queue<byte> bytes, int count) => new(Enumerable.Range(0, count).Select(_ => bytes.Dequeue()).ToList());
}
