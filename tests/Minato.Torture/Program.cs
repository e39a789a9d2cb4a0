using System.Globalization;
using Minato.Torture.Broken;
using Minato.Torture.Fleet;
using Minato.Torture.Power.Recording;
using Minato.Torture.Power.Running;
using Minato.Torture.Running;
using Minato.Torture.Running.Soaking;

switch (args)
{
    case ["fleet", ..]:
        return await FleetProgram.RunAsync(FleetOptions.Parse(args));
    case ["serve", _, _, _]:
        return await BrokenServer.RunAsync(args);
    case ["first-version", var data, var history]:
        FirstVersion.Make(data, history);
        return 0;
    case ["client", var file, var history, var seed]:
        ClientMemory.Write(file, history, int.Parse(seed, CultureInfo.InvariantCulture));
        return 0;
    case ["ports", var root, var history]:
        PortMemory.Write(root, history);
        return 0;
    case ["check", var folder] when Directory.Exists(folder):
        return Verdict.Print(folder) ? 0 : 1;
    case ["point", var folder, var seed, var point] when Directory.Exists(folder):
        return await PowerRun.AgainAsync(folder, int.Parse(seed, CultureInfo.InvariantCulture), int.Parse(point, CultureInfo.InvariantCulture)) ? 0 : 1;
}
if (TortureOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(TortureOptions.Usage);
    return 2;
}
if (options.Power)
    return await PowerRun.RunAsync(options) ? 0 : 1;
if (options.Soak)
    return await Soak.RunAsync(options) ? 0 : 1;
return (options.Broken ? await BrokenRuns.RunAsync(options) : await TortureRun.RunAsync(options)) ? 0 : 1;

/// <summary>Where tests/torture says that what it needs is.</summary>
internal static partial class Program
{
    public static string Executable => Required("TORTURE_MINATO");

    public static string Preload => Required("TORTURE_PRELOAD");

    private static string Required(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set: start it by tests/torture.");
}
