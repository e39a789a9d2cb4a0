using Minato.Core.Commands;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Http;

/// <summary>What a request wants of files; docs/protocols/http.md is the authority.</summary>
public abstract record FileFrame : ClientFrame;

/// <summary>Stores a file for a message in a room; its bytes are the request's.</summary>
/// <param name="Name">As whoever sends it calls it, not cleaned yet.</param>
public sealed record UploadFrame(ClientId Cid, RoomRef Room, string Name) : FileFrame
{
    /// <summary>UTF-16 code units; longer than any name that is kept.</summary>
    public const int MaxName = 1_024;
}

public sealed record DownloadFrame(Guid Id) : FileFrame;

public sealed record RemoveFileFrame(Guid Id) : FileFrame;
