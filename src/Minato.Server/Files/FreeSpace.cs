namespace Minato.Server.Files;

/// <summary>
/// What uploads may have of the disk. What those under way may still write is spoken for: else all that begin at once would be let in for the same bytes.
/// </summary>
internal sealed class FreeSpace(string folder, UploadBounds bounds)
{
    private readonly Lock _gate = new();
    private long _spokenFor;

    /// <summary>Null: so many bytes more would leave too little of the disk to the log.</summary>
    internal Share? TryTake(long bytes)
    {
        lock (_gate)
        {
            if (bounds.Free(folder) - _spokenFor - bytes < bounds.MinFree)
                return null;
            _spokenFor += bytes;
            return new Share(this, bytes);
        }
    }

    private void Return(long bytes)
    {
        lock (_gate)
            _spokenFor -= bytes;
    }

    /// <summary>What one upload may still write. The rest is everybody's again when it ends.</summary>
    internal sealed class Share(FreeSpace space, long bytes) : IDisposable
    {
        private long _left = bytes;

        /// <summary>So many bytes are on the disk, which by itself counts them from now on.</summary>
        internal void Use(long bytes)
        {
            _left -= bytes;
            space.Return(bytes);
        }

        public void Dispose()
        {
            space.Return(_left);
            _left = 0;
        }
    }
}
