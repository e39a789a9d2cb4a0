using System.Diagnostics;
using Minato.Tests.Kit;

namespace Minato.Client.Tests.Behaviour;

/// <summary>The browser client's own modules, bundled for Node once for all tests.</summary>
internal static class NodeDriver
{
    private static readonly Lazy<Task<string>> Bundle = new(BuildAsync);

    internal static async Task<IReadOnlyList<string>> CommandAsync() =>
        ["node", "--experimental-websocket", "--disable-warning=ExperimentalWarning", await Bundle.Value];

    private static async Task<string> BuildAsync()
    {
        var web = Path.Combine(Repository.Root, "web");
        using var vite = Process.Start(new ProcessStartInfo("npx", ["vite", "build", "--config", "tests/behaviour/vite.config.ts", "--logLevel", "warn"])
        {
            WorkingDirectory = web,
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        var errors = await vite.StandardError.ReadToEndAsync();
        await vite.WaitForExitAsync().Within("the bundle");
        Assert.True(vite.ExitCode == 0, errors);
        return Path.Combine(web, "tests/behaviour/dist/driver.js");
    }
}
