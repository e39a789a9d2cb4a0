using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>
/// One line of the file: <c>checksum SP json LF</c>; the checksum is 16 hexadecimal digits of FNV-1a (64 bits) over the JSON. The JSON has one of
/// <c>session</c>, <c>you</c>, <c>cursor</c> with <c>seq</c> (without it: forgotten), <c>out</c> (a frame as it goes over the wire) with <c>at</c> and
/// <c>owner</c>, <c>done</c> (a cid). A line that is torn or damaged is passed over; the others count.
/// </summary>
internal static class StateRecord
{
    private const int ChecksumDigits = 16;

    internal static void Write(StateChange change, IBufferWriter<byte> output)
    {
        var json = Json(change);
        Span<byte> checksum = stackalloc byte[ChecksumDigits];
        Utf8Formatter.TryFormat(Checksum(json), checksum, out _, new StandardFormat('x', ChecksumDigits));
        output.Write(checksum);
        output.Write(" "u8);
        output.Write(json);
        output.Write("\n"u8);
    }

    /// <param name="line">Without its line feed.</param>
    /// <returns>Null: torn, damaged, or of a newer version.</returns>
    internal static StateChange? Read(ReadOnlyMemory<byte> line)
    {
        if (line.Length <= ChecksumDigits || line.Span[ChecksumDigits] != ' '
            || !Utf8Parser.TryParse(line.Span[..ChecksumDigits], out ulong checksum, out var digits, 'x') || digits != ChecksumDigits)
            return null;
        var json = line[(ChecksumDigits + 1)..];
        if (Checksum(json.Span) != checksum)
            return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            return Change(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> Json(StateChange change)
    {
        var output = new ArrayBufferWriter<byte>(128);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        switch (change)
        {
            case SessionKept kept:
                json.WriteString("session"u8, kept.Token);
                break;
            case IdentityKept kept:
                json.WriteString("you"u8, kept.You);
                break;
            case CursorMoved moved:
                json.WriteString("cursor"u8, moved.Room);
                json.WriteNumber("seq"u8, moved.Seq);
                break;
            case CursorForgotten forgotten:
                json.WriteString("cursor"u8, forgotten.Room);
                break;
            case EntryAdded { Entry: var entry }:
                json.WriteNumber("at"u8, entry.At);
                if (entry.Owner is { } owner)
                    json.WriteString("owner"u8, owner);
                json.WritePropertyName("out"u8);
                json.WriteRawValue(ClientFrameWriter.Write(entry.Frame));
                break;
            case EntryRemoved removed:
                json.WriteString("done"u8, removed.Cid);
                break;
            default:
                throw new ArgumentException($"{change.GetType().Name} has no record.", nameof(change));
        }
        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan;
    }

    private static StateChange? Change(JsonElement json)
    {
        if (json.TryGetProperty("session"u8, out var session))
            return new SessionKept(session.GetString()!);
        if (json.TryGetProperty("you"u8, out var you))
            return new IdentityKept(you.GetGuid());
        if (json.TryGetProperty("cursor"u8, out var room))
            return json.TryGetProperty("seq"u8, out var seq) ? new CursorMoved(room.GetGuid(), seq.GetInt64()) : new CursorForgotten(room.GetGuid());
        if (json.TryGetProperty("done"u8, out var done))
            return new EntryRemoved(done.GetString()!);
        if (json.TryGetProperty("out"u8, out var frame) && ClientFrameReader.Read(JsonBytes(frame), out _) is MutationFrame mutation)
            return new EntryAdded(new OutboxEntry(
                mutation, json.GetProperty("at"u8).GetInt64(), json.TryGetProperty("owner"u8, out var owner) ? owner.GetGuid() : null));
        return null;
    }

    private static byte[] JsonBytes(JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());

    /// <summary>http://www.isthe.com/chongo/tech/comp/fnv/: hash = (hash ^ byte) * prime. It is to notice damage, not malice.</summary>
    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        var hash = 0xcbf29ce484222325;
        foreach (var b in bytes)
            hash = unchecked((hash ^ b) * 0x100000001b3);
        return hash;
    }
}
