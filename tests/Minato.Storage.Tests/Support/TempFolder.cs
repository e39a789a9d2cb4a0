namespace Minato.Storage.Tests;

public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("minato-storage-").FullName;

    public string Of(string name) => System.IO.Path.Combine(Path, name);

    public void Remove(string pattern)
    {
        foreach (var file in Directory.EnumerateFiles(Path, pattern))
            File.Delete(file);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
