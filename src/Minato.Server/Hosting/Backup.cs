using System.Globalization;
using System.Net.Sockets;
using Minato.Core.Storage;
using Minato.Storage.Sqlite;

namespace Minato.Server;

/// <summary>Copies a data folder's database to one file: by the server that has it, else by taking its lock.</summary>
public static class Backup
{
    /// <param name="file">An absolute path that does not exist yet.</param>
    /// <param name="progress">Pages copied, pages in all.</param>
    /// <exception cref="IOException">The file cannot be written, or there is no database.</exception>
    /// <exception cref="DatabaseException">The database cannot be read.</exception>
    /// <exception cref="DataInUseException">A server has the data, but does not answer.</exception>
    public static async Task RunAsync(string data, string file, Action<long, long> progress, CancellationToken cancel = default)
    {
        if (!File.Exists(Path.Combine(data, "minato.db")))
            throw new IOException($"There is no Minato data in {Path.GetFullPath(data)}. Name its folder with --data.");
        try
        {
            await CopyAsync(data, file, progress);
        }
        catch (DataInUseException inUse)
        {
            try
            {
                await AskServerAsync(data, file, progress, inUse, cancel);
            }
            catch (HttpRequestException e)
            {
                throw new IOException("The server ended before the backup was whole.", e);
            }
        }
        catch (StoreException e)
        {
            throw new DatabaseException(e.Message, e);
        }
    }

    private static async Task CopyAsync(string data, string file, Action<long, long> progress)
    {
        using var folder = DataFolder.Open(data);
        await using var store = SqliteStore.Open(folder.Database, durable: true, TimeProvider.System);
        using var backup = store.StartBackup(file);
        while (!backup.Step())
            progress(backup.Progress.Done, backup.Progress.Total);
    }

    private static async Task AskServerAsync(string data, string file, Action<long, long> progress, DataInUseException inUse, CancellationToken cancel)
    {
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, c) => ConnectAsync(data, inUse, c) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://minato/backup") { Content = new StringContent(file) };
        using var response = await SendAsync(client, request, inUse, cancel);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancel));
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            if (line == "ok")
                return;
            if (line.StartsWith("error ", StringComparison.Ordinal))
                throw new IOException(line["error ".Length..]);
            var parts = line.Split(' ');
            progress(long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture));
        }
        throw new IOException("The server ended before the backup was whole.");
    }

    /// <summary>However the other server fails to answer, what there is to say is that it has the data.</summary>
    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request, DataInUseException inUse, CancellationToken cancel)
    {
        try
        {
            return (await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel)).EnsureSuccessStatusCode();
        }
        catch (HttpRequestException)
        {
            throw inUse;
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string data, DataInUseException inUse, CancellationToken cancel)
    {
        try
        {
            var report = ReadyReport.Parse(await File.ReadAllTextAsync(Path.Combine(data, "server.json"), cancel));
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(report.Control ?? throw inUse), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception e) when (e is SocketException or IOException or System.Text.Json.JsonException)
        {
            throw inUse;
        }
    }
}
