namespace Minato.Torture.Power.Disks;

/// <summary>What is in a file.</summary>
internal sealed class FileBytes
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public FileBytes Copy() => new() { _bytes = ToArray(), Length = Length };

    public byte[] ToArray() => _bytes[..Length];

    public void SetLength(int length)
    {
        if (length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(length, _bytes.Length * 2));
        if (length > Length)
            _bytes.AsSpan(Length..length).Clear();
        Length = length;
    }

    /// <param name="junk">What lies between the end and the place; null: zeros.</param>
    public void Put(int at, ReadOnlySpan<byte> bytes, Func<byte>? junk)
    {
        var end = Length;
        if (at + bytes.Length > Length)
            SetLength(at + bytes.Length);
        for (; junk is not null && end < at; end++)
            _bytes[end] = junk();
        bytes.CopyTo(_bytes.AsSpan(at));
    }
}
