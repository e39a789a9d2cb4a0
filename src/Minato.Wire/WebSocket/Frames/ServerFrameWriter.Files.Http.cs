using Minato.Core.Commands;
using Minato.Core.Files;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>Files, which are only had over HTTP; docs/protocols/http.md is the authority.</summary>
public sealed partial class ServerFrameWriter
{
    public void File(ClientId cid, StoredFile file)
    {
        Open("file"u8);
        _json.WriteString("cid"u8, cid.Value);
        _json.WriteString("id"u8, file.Uid);
        _json.WriteString("path"u8, FileLinks.PathOf(file));
        _json.WriteString("name"u8, file.Name);
        _json.WriteString("type"u8, file.Type);
        _json.WriteNumber("size"u8, file.Size);
        Close();
    }
}
