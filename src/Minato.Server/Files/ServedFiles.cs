using Minato.Core.Files;

namespace Minato.Server.Files;

/// <summary>All that serving files takes, where a server keeps any.</summary>
internal sealed record ServedFiles(FileFolder Folder, IFileStore Store, UploadBounds Bounds)
{
    internal UploadSlots Slots { get; } = new(Bounds);
}
