using System.Text.Json;
using Minato.Server;
using Minato.Torture.Checking;

namespace Minato.Torture.Power.Checking;

/// <summary>Files that are written anew as a whole: whoever finds one finds an old one or a new one, and never half of one.</summary>
internal static class SmallFiles
{
    /// <param name="data">As the power loss left it: no server has started on it.</param>
    public static IEnumerable<Violation> Check(string data)
    {
        foreach (var file in new[] { Path.Combine(data, "server.json"), Path.Combine(data, "ready.json") }.Where(File.Exists))
            if (!IsReport(File.ReadAllText(file)))
                yield return new Violation("half", $"{Path.GetFileName(file)} is neither an old one nor a new one: {Convert.ToHexString(File.ReadAllBytes(file))}");
    }

    private static bool IsReport(string text)
    {
        try
        {
            return ReadyReport.Parse(text).Ready;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
