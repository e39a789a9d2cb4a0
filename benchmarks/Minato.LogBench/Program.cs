using Minato.LogBench;
using Minato.LogBench.Databases;
using Minato.LogBench.Databases.Postgres;
using Minato.LogBench.Databases.Sqlite;
using Minato.LogBench.Disk;
using Minato.LogBench.Posting;
using Minato.LogBench.Reading;
using Minato.LogBench.Reporting;

// What the log costs: ratios within one run, both sides in alternation, because machines differ from each other and from themselves.
if (!BenchOptions.TryParse(args, out var options))
{
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}

Directory.CreateDirectory(options.Folder);
using IEngine engine = options.Postgres is { } server ? new PostgresEngine(server, options.Folder) : new SqliteEngine(options.Folder);
if (options.Command is "posts" or "all")
    Show(await PostsBench.RunAsync(engine, options));
if (options.Command is "acks" or "all")
    Show(await AcksBench.RunAsync(engine, options));
if (options.Command is "reads" or "all")
    (await ReadsBench.RunAsync(engine, options)).ForEach(Show);
if (options.Command is "disk" or "all")
    Show(await DiskBench.RunAsync(engine, options));
return 0;

void Show(Report report)
{
    Console.WriteLine($"{report.Title}\n{report.Conditions}\n\n{report.Table()}");
    if (options.Docs is { } folder)
        report.WriteTo(folder);
}
