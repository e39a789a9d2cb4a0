namespace Minato.Fuzz.Models;

/// <summary>RFC 6455 from a server's side, in the plainest way: all bytes are there, nothing is fast, and text is judged by the table of RFC 3629.</summary>
internal sealed class FramingModel(int maxMessage)
{
    private readonly List<byte> _message = [];
    private int _kind; // 1 text, 2 binary, 0 none under way
    private byte[] _input = [];
    private int _at;

    public static List<string> Read(byte[] input, int maxMessage)
    {
        var model = new FramingModel(maxMessage) { _input = input };
        var messages = new List<string>();
        while (model.Next() is { } message)
        {
            if (message.Length > 0)
                messages.Add(message);
            if (message.StartsWith("Close", StringComparison.Ordinal) || message.StartsWith("Violation", StringComparison.Ordinal))
                break;
        }
        return messages;
    }

    /// <summary>What the next frame gives; empty for a fragment, null where bytes are missing.</summary>
    private string? Next()
    {
        if (_input.Length - _at < 2)
            return null;
        var (first, second) = (_input[_at], _input[_at + 1]);
        var (opcode, isFinal) = (first & 15, first >= 128);
        if ((first & 0x70) != 0 || opcode is not (0 or 1 or 2 or 8 or 9 or 10) || second < 128)
            return "Violation 1002";
        if (opcode >= 8 && (!isFinal || (second & 127) > 125))
            return "Violation 1002";

        var extra = (second & 127) switch { 126 => 2, 127 => 8, _ => 0 };
        if (_input.Length - _at < 2 + extra)
            return null;
        var length = extra == 0 ? (ulong)(second & 127) : _input.Skip(_at + 2).Take(extra).Aggregate(0UL, (n, b) => (n << 8) | b);
        if (length > long.MaxValue || (extra == 2 && length < 126) || (extra == 8 && length < 65536))
            return "Violation 1002";
        if (opcode < 8 && (opcode == 0) != (_kind != 0))
            return "Violation 1002";
        if (opcode < 8 && length + (ulong)_message.Count > (ulong)maxMessage)
            return "Violation 1009";

        var begin = _at + 2 + extra + 4;
        if (_input.Length < begin)
            return null;
        var payload = new List<byte>();
        for (var i = 0; i < (int)length && begin + i < _input.Length; i++)
            payload.Add((byte)(_input[begin + i] ^ _input[begin - 4 + (i % 4)]));
        var isWhole = payload.Count == (int)length;
        if (opcode >= 8)
        {
            _at = begin + (int)length;
            return isWhole ? Control(opcode, [.. payload]) : null;
        }

        _message.AddRange(payload);
        _kind = opcode == 0 ? _kind : opcode;
        if (_kind == 1 && Utf8Model.Judge(_message) is { CanBecome: false })
            return "Violation 1007";
        if (!isWhole)
            return null;
        _at = begin + (int)length;
        return isFinal ? Message() : "";
    }

    private string Message()
    {
        byte[] message = [.. _message];
        var isText = _kind == 1;
        _message.Clear();
        _kind = 0;
        return !isText ? $"Binary:{Convert.ToHexString(message)}"
            : Utf8Model.Judge(message).IsWhole ? $"Text:{System.Text.Encoding.UTF8.GetString(message)}"
            : "Violation 1007";
    }

    private static string Control(int opcode, byte[] payload)
    {
        if (opcode != 8)
            return $"{(opcode == 9 ? "Ping" : "Pong")}:{Convert.ToHexString(payload)}";
        if (payload.Length == 0)
            return "Close 1005:";
        var code = payload.Length == 1 ? 0 : (payload[0] * 256) + payload[1];
        var isKnown = code is (>= 1000 and <= 1014 and not (1004 or 1005 or 1006)) or (>= 3000 and <= 4999);
        if (!isKnown)
            return "Violation 1002";
        return Utf8Model.Judge(payload[2..]).IsWhole ? $"Close {code}:{System.Text.Encoding.UTF8.GetString(payload.AsSpan(2))}" : "Violation 1007";
    }
}
