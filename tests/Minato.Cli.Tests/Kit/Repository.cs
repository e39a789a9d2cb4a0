namespace Minato.Tests.Kit;

/// <summary>Where the sources and what was built of them are, found upwards from the running test.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Where checks from outside start it, too.</summary>
    public static string Executable { get; } = Path.Combine(Root, "src/Minato.Cli/bin/Release/net10.0/minato");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Minato.slnx")))
                return folder.FullName;
        throw new InvalidOperationException($"No Minato.slnx above {AppContext.BaseDirectory}.");
    }
}
