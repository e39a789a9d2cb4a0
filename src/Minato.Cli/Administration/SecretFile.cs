namespace Minato.Cli.Administration;

/// <summary>A new file for one secret, readable by its owner only. It goes again where nothing was written to it.</summary>
internal sealed class SecretFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private bool _isWritten;

    private SecretFile(string path, FileStream file) => (_path, _file) = (path, file);

    /// <exception cref="IOException">It is there already, or cannot be made.</exception>
    internal static SecretFile Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new SecretFile(path, new FileStream(path, options));
    }

    internal void Write(string secret)
    {
        using (var writer = new StreamWriter(_file))
            writer.WriteLine(secret);
        _isWritten = true;
    }

    public void Dispose()
    {
        _file.Dispose();
        if (!_isWritten)
            File.Delete(_path);
    }
}
