using Minato.Core.Commands;
using Minato.Core.Users;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>Whom one does not want to hear, and that something was reported.</summary>
public sealed partial class ServerFrameWriter
{
    public void Ok(ClientId cid, BlockChanged changed)
    {
        Open("ok"u8);
        _json.WriteString("cid"u8, cid.Value);
        WriteUser("user"u8, changed.Subject);
        Close();
    }

    public void Block(User user, bool on)
    {
        Open("block"u8);
        WriteUser("user"u8, user);
        _json.WriteBoolean("on"u8, on);
        Close();
    }

    public void Blocks(string? rid, IReadOnlyList<User> blocks)
    {
        Open("blocks"u8);
        WriteRid(rid);
        WriteUsers("blocks"u8, blocks);
        Close();
    }

    /// <param name="open">How many are.</param>
    public void OpenReports(long open)
    {
        Open("reports"u8);
        _json.WriteNumber("open"u8, open);
        Close();
    }

    /// <summary>By their ids: what is hidden needs no names.</summary>
    private void WriteBlocks(IReadOnlyList<User> blocks)
    {
        if (blocks.Count == 0)
            return;
        _json.WriteStartArray("blocks"u8);
        foreach (var user in blocks)
            _json.WriteStringValue(user.Uid);
        _json.WriteEndArray();
    }
}
