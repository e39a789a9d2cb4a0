using System.Collections;
using System.Globalization;

namespace Minato.Sidecar;

/// <summary>
/// A program that is to take this one's place: first tried beside it, then this very process becomes it (execve(2),
/// https://man7.org/linux/man-pages/man2/execve.2.html). The pid stays, and with it whatever goes by it: a container's first process, a service
/// manager, a parent that waits, pipes on the standard streams. Linux only.
/// </summary>
/// <param name="Program">A path.</param>
/// <param name="Arguments">Without the program's own name.</param>
/// <param name="Variables">Its whole environment.</param>
public sealed record Replacement(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>
    /// What this process runs, with the arguments that it was given: the file that stands there when it is asked for. The path is the one by which it
    /// was called, where that is a whole one: a link on the way may lead elsewhere by then.
    /// </summary>
    public static Replacement OfThisProcess()
    {
        var (file, arguments) = (Environment.ProcessPath!, Environment.GetCommandLineArgs());
        var isHosted = Path.GetFileNameWithoutExtension(file) == "dotnet";
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(v => (string)v.Key, v => (string?)v.Value ?? "");
        return new Replacement(isHosted ? file : CalledAs() ?? file, isHosted ? arguments : arguments[1..], variables);
    }

    /// <summary>Another program with the same arguments.</summary>
    /// <exception cref="SidecarException">There is none, or it cannot be executed.</exception>
    public Replacement By(string program) => this with { Program = ProgramPath.Find(program, directory: null), Arguments = Environment.GetCommandLineArgs()[1..] };

    /// <param name="value">Null: none.</param>
    public Replacement With(string variable, string? value)
    {
        var variables = new Dictionary<string, string>(Variables);
        variables.Remove(variable);
        if (value is not null)
            variables[variable] = value;
        return this with { Variables = variables };
    }

    /// <summary>Becomes it: from here on this process is that program, which finds what it is handed by <see cref="HandedOver.Take"/>.</summary>
    /// <exception cref="SidecarException">The system refused; this process is what it was.</exception>
    public void Become(HandedOver handed)
    {
        var descriptors = handed.Duplicate();
        try
        {
            var names = string.Join(',', descriptors.Prepend(Environment.ProcessId).Select(d => d.ToString(CultureInfo.InvariantCulture)));
            var error = Spawning.Become(Program, [Program, .. Arguments], Lines(With(HandedOver.Variable, names)));
            throw new SidecarException(SidecarFailure.CannotExecute, $"\"{Program}\" could not be started: {LinuxProcess.Reason(error)}");
        }
        finally
        {
            descriptors.ForEach(Libc.CloseDescriptor);
        }
    }

    internal static IReadOnlyList<string> Lines(Replacement program) => [.. program.Variables.Select(v => $"{v.Key}={v.Value}")];

    private static string? CalledAs()
    {
        const string commandLine = "/proc/self/cmdline";
        if (!File.Exists(commandLine))
            return null;
        var name = File.ReadAllText(commandLine).Split('\0')[0];
        return Path.IsPathRooted(name) && File.Exists(name) ? name : null;
    }
}
