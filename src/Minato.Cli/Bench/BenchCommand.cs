using System.CommandLine;
using System.CommandLine.Parsing;

namespace Minato.Cli.Bench;

/// <summary><c>minato bench [URL]</c>: the arguments, and what they mean.</summary>
internal static class BenchCommand
{
    internal static Command Build()
    {
        var server = new Argument<Uri?>("URL")
        {
            Description = "A server that runs already: http://chat.example.org:8080. Guests must be let in, or MINATO_TOKEN holds a token. "
                + "It gets rooms called bench-…, which are archived at the end, whatever the end is; the messages in them stay. [default: a server of its own, in a temporary folder]",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = ParseServer,
        };
        var clients = new Option<int?>("--clients") { Description = $"People who are there, 2 to {BenchOptions.MostClients}. [default: {BenchOptions.DefaultClients}]", HelpName = "N" };
        var rooms = new Option<int?>("--rooms") { Description = "Rooms that they are spread over; in each, one person writes. [default: 1]", HelpName = "N" };
        var size = new Option<int?>("--size") { Description = $"Bytes of a message. [default: {BenchOptions.DefaultSize}]", HelpName = "BYTES" };
        var time = new Option<TimeSpan?>("--time") { Description = "How long it measures, up to 10m. [default: 12s]", HelpName = "TIME", CustomParser = Duration.Parse };
        var memory = new Option<bool>("--memory") { Description = "A server of its own that keeps nothing." };
        var folder = new Option<string?>("--dir") { Description = "Where a server of its own keeps its data meanwhile: on the disk that you mean. [default: the system's temporary folder]", HelpName = "DIR" };
        var plot = new Option<string?>("--plot") { Description = "Also draw it into this file, as SVG.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Say what was found in JSON." };
        var command = new Command("bench", "Find out what a server carries here: how many messages a second reach everybody, and how soon.") { server };
        foreach (var option in new Option[] { clients, rooms, size, time, memory, folder, plot, json })
            command.Options.Add(option);
        command.SetAction((parsed, _) => RunAsync(new BenchOptions(
            parsed.GetValue(server),
            parsed.GetValue(folder) is { } dir ? Path.GetFullPath(dir) : null,
            parsed.GetValue(memory),
            parsed.GetValue(clients) ?? BenchOptions.DefaultClients,
            parsed.GetValue(rooms) ?? 1,
            parsed.GetValue(time) ?? BenchOptions.DefaultTime,
            parsed.GetValue(size) ?? BenchOptions.DefaultSize,
            parsed.GetValue(plot) is { } file ? Path.GetFullPath(file) : null,
            parsed.GetValue(json))));
        return command;
    }

    private static async Task<int> RunAsync(BenchOptions options)
    {
        if (options.Wrong is not { } wrong)
            return await BenchRun.RunAsync(options);
        await Console.Error.WriteLineAsync($"minato: {wrong}");
        await Console.Error.WriteLineAsync("minato: see minato --help");
        return ExitCode.Usage;
    }

    private static Uri? ParseServer(ArgumentResult result)
    {
        if (result.Tokens.Count == 0)
            return null;
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" })
            return url;
        result.AddError(text.StartsWith('-') ? $"There is no option {text}." : $"{text}: a server is http:// or https://, a host, and a port if need be, without a path.");
        return null;
    }
}
