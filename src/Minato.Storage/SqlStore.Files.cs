using Minato.Core.Commands;
using Minato.Core.Files;
using Minato.Core.Users;
using Minato.Storage.Reading;

namespace Minato.Storage;

public abstract partial class SqlStore : IFileStore
{
    public ValueTask<StoredFile?> FindFileAsync(Guid uid, UserId? user, CancellationToken cancel) => ReadAsync((uid, user, Now), FileReader.Find, cancel);

    public ValueTask<long> ReadBytesOfAsync(UserId user, CancellationToken cancel) => ReadAsync(user, FileReader.BytesOf, cancel);

    public ValueTask<Outcome?> ForeseeAsync(FileRequest request, CancellationToken cancel) => ReadAsync((request, Now), FileForesight.Of, cancel);

    public ValueTask<IReadOnlyList<Guid>> ListRemovedFilesAsync(int limit, CancellationToken cancel) =>
        ReadAsync<int, IReadOnlyList<Guid>>(limit, FileReader.Removed, cancel);

    public ValueTask<bool> KnowsFileAsync(Guid uid, CancellationToken cancel) => ReadAsync(uid, FileReader.Knows, cancel);
}
