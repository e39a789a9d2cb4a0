using System.Text.Json;
using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Server.Accounts;
using Minato.Server.Hosting;
using Minato.Server.Operating;
using Minato.Storage;
using Minato.Storage.Postgres;
using Minato.Storage.Sqlite;

namespace Minato.Server;

/// <summary>What the operator does and asks: by the server that has the data, else by taking its lock. Whoever holds the data may do everything.</summary>
public static class Operator
{
    /// <param name="data">The data folder: by it a running server is found, whatever it keeps its data in.</param>
    /// <param name="postgres">Where a server that does not run keeps its data, if not in the folder; as <see cref="MinatoOptions.Postgres"/>.</param>
    /// <exception cref="IOException">It was refused, or there is no data.</exception>
    /// <exception cref="DatabaseException">The database cannot be used.</exception>
    /// <exception cref="DataInUseException">A server has the data, but does not answer; or it has another folder.</exception>
    public static async Task<OperatorAnswer> RunAsync(string data, string? postgres, OperatorRequest request, CancellationToken cancel = default)
    {
        if (postgres is null && !File.Exists(Path.Combine(data, "minato.db")) && !File.Exists(Path.Combine(data, "server.json")))
            throw NoData(data);
        OperatorAnswer answer;
        try
        {
            answer = await AlterAsync(data, postgres, request);
        }
        catch (DataInUseException inUse)
        {
            var line = await ControlClient.AskAsync(data, "/operator", JsonSerializer.Serialize(request, OperatorJson.Default.OperatorRequest), inUse, cancel);
            answer = JsonSerializer.Deserialize(line, OperatorJson.Default.OperatorAnswer) ?? throw new IOException("The server did not answer.", inUse);
        }
        catch (StoreInUseException e)
        {
            throw new DataInUseException($"{e.Message} Name its data folder with --data, on the machine where it runs, so that it does this itself.", url: null, pid: null);
        }
        catch (StoreException e)
        {
            throw new DatabaseException(e.Message, e);
        }
        return answer.Error is { } error ? throw new IOException(error) : answer;
    }

    private static async Task<OperatorAnswer> AlterAsync(string data, string? postgres, OperatorRequest request)
    {
        // Where the data is elsewhere, so may be the folder of the server that has it: nothing is made here.
        using var folder = postgres is null || Directory.Exists(data) ? DataFolder.Open(data) : null;
        await using SqlStore store = postgres is null ? OpenFile(folder!) : PostgresStore.OpenAlone(postgres, TimeProvider.System);
        using var hashing = new PasswordHashing();
        // Where it will be served is not known before it is; as a rule it is where it was.
        var url = $"http://127.0.0.1:{folder?.RememberedPort ?? MinatoOptions.DefaultPort}";
        return await new OperatorDesk(store, store, CommitAsync, hashing, url, TimeProvider.System).AnswerAsync(request);

        async Task<Outcome> CommitAsync(Command command) => (await store.CommitAsync([command], CancellationToken.None))[0];
    }

    private static SqliteStore OpenFile(DataFolder folder) =>
        File.Exists(folder.Database) ? SqliteStore.Open(folder.Database, durable: true, TimeProvider.System) : throw NoData(folder.Path);

    private static IOException NoData(string data) =>
        new($"There is no Minato data in {Path.GetFullPath(data)}. Name its folder with --data, or its database with --postgres.");
}
