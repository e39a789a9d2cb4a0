using System.Text.Json;
using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Server.Accounts;
using Minato.Server.Hosting;
using Minato.Server.Sessions.Acts;
using Minato.Storage.Sqlite;

namespace Minato.Server;

/// <summary>What the operator does about accounts: by the server that has the data folder, else by taking its lock. Whoever holds the data may do everything.</summary>
public static class AccountAdministration
{
    /// <exception cref="IOException">It was refused, or there is no data.</exception>
    /// <exception cref="DatabaseException">The database cannot be used.</exception>
    /// <exception cref="DataInUseException">A server has the data, but does not answer.</exception>
    public static async Task<OperatorAnswer> RunAsync(string data, OperatorRequest request, CancellationToken cancel = default)
    {
        if (!File.Exists(Path.Combine(data, "minato.db")) && !File.Exists(Path.Combine(data, "server.json")))
            throw new IOException($"There is no Minato data in {Path.GetFullPath(data)}. Name its folder with --data.");
        OperatorAnswer answer;
        try
        {
            answer = await AlterAsync(data, request);
        }
        catch (DataInUseException inUse)
        {
            var line = await ControlClient.AskAsync(data, "/operator", JsonSerializer.Serialize(request, OperatorJson.Default.OperatorRequest), inUse, cancel);
            answer = JsonSerializer.Deserialize(line, OperatorJson.Default.OperatorAnswer) ?? throw new IOException("The server did not answer.", inUse);
        }
        catch (StoreException e)
        {
            throw new DatabaseException(e.Message, e);
        }
        return answer.Error is { } error ? throw new IOException(error) : answer;
    }

    private static async Task<OperatorAnswer> AlterAsync(string data, OperatorRequest request)
    {
        using var folder = DataFolder.Open(data);
        if (!File.Exists(folder.Database))
            throw new IOException($"There is no Minato data in {folder.Path}. Name its folder with --data.");
        await using var store = SqliteStore.Open(folder.Database, durable: true, TimeProvider.System);
        using var hashing = new PasswordHashing();
        // Where it will be served is not known before it is; as a rule it is where it was.
        var url = $"http://127.0.0.1:{folder.RememberedPort ?? MinatoOptions.DefaultPort}";
        return await new OperatorDesk(store, user => store.FindUserAsync(user), CommitAsync, hashing, url, TimeProvider.System).AnswerAsync(request);

        async Task<Outcome> CommitAsync(Command command) => (await store.CommitAsync([command], CancellationToken.None))[0];
    }
}
