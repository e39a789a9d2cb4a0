using Minato.Tests.Kit;

namespace Minato.Server.Tests.Tls;

/// <summary>A server's certificate is exchanged under it, as certbot and Kubernetes do, and by hand with mistakes.</summary>
public sealed class CertificateWatchTests : IAsyncLifetime
{
    private static readonly TestCertificate Old = TestCertificate.For("localhost");
    private static readonly TestCertificate New = TestCertificate.For("localhost", "new.example.org");

    private readonly TempFolder _folder = new();
    private readonly ManualTime _clock = new();
    private readonly LogLines _logs = new();
    private RunningServer _server = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task New_text_in_both_files_serves_and_who_is_connected_stays()
    {
        var (certificate, key) = Old.WriteTo(_folder);
        await StartAsync(certificate, key);
        using var raw = await RawClient.ConnectAsync(_server.Port);
        using var stays = await raw.SecureAsync(Old.Client());
        await stays.SendAsync("before\n");
        await stays.ExpectAsync("before");

        New.WriteTo(_folder);
        await SeesAsync(New);
        await stays.SendAsync("after\n");
        await stays.ExpectAsync("after");
        Assert.Equal(200, (await _server.RequestAsync("GET /healthz HTTP/1.1\nHost: new.example.org\n\n")).Status);
        Assert.Empty(_logs.With("is kept"));
    }

    [Fact]
    public async Task Files_that_are_renamed_into_place_serve()
    {
        var (certificate, key) = Old.WriteTo(_folder);
        await StartAsync(certificate, key);
        File.WriteAllText(_folder["cert.new"], New.Certificate);
        File.WriteAllText(_folder["key.new"], New.Key);
        File.Move(_folder["cert.new"], certificate, overwrite: true);
        File.Move(_folder["key.new"], key, overwrite: true);
        await SeesAsync(New);
    }

    /// <summary>tls.crt → ..data/tls.crt, ..data → ..2026/: the one link in the middle is exchanged.</summary>
    [Fact]
    public async Task A_link_on_the_way_that_is_exchanged_serves()
    {
        Need.Program("mv");
        Write("..old", Old);
        Write("..new", New);
        File.CreateSymbolicLink(_folder["..data"], "..old");
        File.CreateSymbolicLink(_folder["tls.crt"], "..data/tls.crt");
        File.CreateSymbolicLink(_folder["tls.key"], "..data/tls.key");
        await StartAsync(_folder["tls.crt"], _folder["tls.key"]);
        await SeesAsync(Old);
        File.CreateSymbolicLink(_folder["..data_tmp"], "..new");
        using (var move = System.Diagnostics.Process.Start("mv", ["-T", _folder["..data_tmp"], _folder["..data"]]))
            await move.WaitForExitAsync().Within("the link to be exchanged");
        await SeesAsync(New);
    }

    [Fact]
    public async Task A_pair_that_does_not_fit_keeps_the_old_one_with_one_warning_and_the_right_one_serves_later()
    {
        var (certificate, key) = Old.WriteTo(_folder);
        await StartAsync(certificate, key);
        File.WriteAllText(certificate, New.Certificate);
        await Patience.Until(() => Tick(_logs.With("is kept").Count > 0), "the wrong pair is warned of");
        for (var i = 0; i < 5; i++)
            _clock.Advance(TimeSpan.FromSeconds(5));
        await SeesAsync(Old);
        File.WriteAllText(key, New.Key);
        await SeesAsync(New);
        var warning = Assert.Single(_logs.With("is kept"));
        Assert.Contains("do not go together", warning);
        Assert.Contains(certificate, warning);
    }

    [Fact]
    public async Task A_file_that_is_away_for_a_while_changes_nothing()
    {
        var (certificate, key) = Old.WriteTo(_folder);
        await StartAsync(certificate, key);
        File.Delete(key);
        await Patience.Until(() => Tick(_logs.With("cannot be read").Count > 0), "the missing file is warned of");
        await SeesAsync(Old);
        New.WriteTo(_folder);
        await SeesAsync(New);
        Assert.Single(_logs.With("is kept"));
    }

    private async Task StartAsync(string certificate, string key) => _server = await RunningServer.StartAsync(
        options => options with { TlsCertificate = certificate, TlsKey = key }, _clock, _logs);

    private void Write(string folder, TestCertificate certificate)
    {
        Directory.CreateDirectory(_folder[folder]);
        File.WriteAllText(Path.Combine(_folder[folder], "tls.crt"), certificate.Certificate);
        File.WriteAllText(Path.Combine(_folder[folder], "tls.key"), certificate.Key);
    }

    /// <summary>Time goes on until handshakes show this certificate.</summary>
    private async Task SeesAsync(TestCertificate expected)
    {
        await Patience.Until(() => Tick(IsShown(expected)), "the server shows the certificate");

        bool IsShown(TestCertificate certificate)
        {
            try
            {
                using var raw = RawClient.ConnectAsync(_server.Port).GetAwaiter().GetResult();
                using var inside = raw.SecureAsync(certificate.Client()).GetAwaiter().GetResult();
                return true;
            }
            catch (System.Security.Authentication.AuthenticationException)
            {
                return false;
            }
        }
    }

    private bool Tick(bool isSo)
    {
        if (!isSo)
            _clock.Advance(TimeSpan.FromSeconds(5));
        return isSo;
    }
}
