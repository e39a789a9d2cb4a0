namespace Minato.Load;

/// <summary>Where things lie in the repository.</summary>
internal static class Tree
{
    internal static string Root { get; } = FindRoot();

    internal static string Executable => Path.Combine(Root, "src/Minato.Cli/bin/Release/net10.0/minato");

    internal static string Samples => Path.Combine(Root, "benchmarks/Minato.LoadSamples/bin/Release/net10.0/Minato.LoadSamples");

    internal static string Peers => Path.Combine(Root, "benchmarks/peers");

    internal static string Natives => Path.Combine(Root, "artifacts/native");

    internal static string Native(string name) => Path.Combine(Natives, name);

    private static string FindRoot()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Minato.slnx")))
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("Run it inside the repository.");
        return root;
    }
}
