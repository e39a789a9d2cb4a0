using System.Globalization;
using System.Net.Sockets;

namespace Minato.Server.Hosting;

/// <summary>Asks the server that has a data folder for something, over its control socket, and follows its progress.</summary>
internal static class ControlClient
{
    /// <param name="path">What is asked for, as the control endpoint knows it.</param>
    /// <param name="inUse">What there is to say when the server does not answer.</param>
    /// <exception cref="IOException">The server refused it, or ended before it was done.</exception>
    /// <exception cref="DataInUseException">It has the data, but does not answer.</exception>
    internal static async Task AskAsync(
        string data, string path, string content, Action<long, long> progress, DataInUseException inUse, CancellationToken cancel)
    {
        using var client = Client(data, inUse);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://minato{path}") { Content = new StringContent(content) };
        using var response = await SendAsync(client, request, inUse, cancel);
        try
        {
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
        }
        catch (HttpRequestException e)
        {
            throw EndedBefore(e);
        }
        throw EndedBefore(null);
    }

    /// <summary>Asks for something that is answered by one line.</summary>
    /// <exception cref="IOException">The server ended before it had answered.</exception>
    /// <exception cref="DataInUseException">It has the data, but does not answer.</exception>
    internal static async Task<string> AskAsync(string data, string path, string content, DataInUseException inUse, CancellationToken cancel)
    {
        using var client = Client(data, inUse);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://minato{path}") { Content = new StringContent(content) };
        using var response = await SendAsync(client, request, inUse, cancel);
        try
        {
            return await response.Content.ReadAsStringAsync(cancel);
        }
        catch (HttpRequestException e)
        {
            throw EndedBefore(e);
        }
    }

    /// <summary>However long it takes, as a purge of years does: who waits may cancel.</summary>
    private static HttpClient Client(string data, DataInUseException inUse) =>
        new(new SocketsHttpHandler { ConnectCallback = (_, c) => ConnectAsync(data, inUse, c) }) { Timeout = Timeout.InfiniteTimeSpan };

    private static IOException EndedBefore(Exception? e) => new("The server ended before it was done.", e);

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
