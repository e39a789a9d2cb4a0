using Minato.Torture.Broken;
using Minato.Torture.Fleet;
using Minato.Torture.Running;

switch (args)
{
    case ["fleet", ..]:
        return await FleetProgram.RunAsync(FleetOptions.Parse(args));
    case ["serve", _, _, _]:
        return await BrokenServer.RunAsync(args);
    case ["check", var folder] when Directory.Exists(folder):
        return Verdict.Print(folder) ? 0 : 1;
}
if (TortureOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(TortureOptions.Usage);
    return 2;
}
return (options.Broken ? await BrokenRuns.RunAsync(options) : await TortureRun.RunAsync(options)) ? 0 : 1;

/// <summary>Where tests/torture says that what it needs is.</summary>
internal static partial class Program
{
    public static string Executable => Required("TORTURE_MINATO");

    public static string Preload => Required("TORTURE_PRELOAD");

    private static string Required(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set: start it by tests/torture.");
}
