namespace Minato.Tests.Kit;

/// <summary>What the machine must have for a test: at home its absence skips the test, in CI it fails it.</summary>
internal static class Need
{
    public static void Program(string name) =>
        That(Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, name))), $"{name} is not installed");

    public static void That(bool has, string otherwise)
    {
        if (has)
            return;
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
            Assert.Fail(otherwise);
        Assert.Skip(otherwise);
    }
}
