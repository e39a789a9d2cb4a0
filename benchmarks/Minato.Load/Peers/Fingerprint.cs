using System.Security.Cryptography;
using System.Text;

namespace Minato.Load.Peers;

/// <summary>What is measured, and by what: one hash over all files that are built or installed from here. Another build is another server, whatever its files' times.</summary>
internal static class Fingerprint
{
    /// <summary>16 hexadecimal digits.</summary>
    internal static string Of(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file}\n"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>The server, the samples, the generator, the floor, and what says how the peers run.</summary>
    internal static IEnumerable<string> Files() =>
    [
        .. Programs(Tree.Executable), .. Programs(Tree.Samples), .. Directory.EnumerateFiles(Tree.Natives),
        .. Directory.EnumerateFiles(Tree.Peers, "*.conf"), .. Directory.EnumerateFiles(Path.Combine(Tree.Peers, "ws"), "*.js*"),
    ];

    /// <summary>All of ours beside an executable; the packages are named by its .deps.json.</summary>
    private static IEnumerable<string> Programs(string executable) => Directory.EnumerateFiles(Path.GetDirectoryName(executable)!)
        .Where(f => Path.GetFileName(f) is var name && (name.StartsWith("Minato.", StringComparison.Ordinal) || name.StartsWith("minato", StringComparison.Ordinal)) && !name.EndsWith(".pdb", StringComparison.Ordinal));
}
