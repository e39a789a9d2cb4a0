namespace Minato.Client.Tests.Driver;

internal static class ClientDriver
{
    internal static Task RunAsync(string[] faults) => Task.CompletedTask;
}
