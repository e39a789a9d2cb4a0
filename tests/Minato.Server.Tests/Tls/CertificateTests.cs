using System.Security.Cryptography;
using Minato.Server.Tls;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Tls;

/// <summary>A pair that does not serve is told by a sentence, before anything is bound.</summary>
public sealed class CertificateTests : IDisposable
{
    private static readonly TestCertificate One = TestCertificate.For("chat.example.org", "*.wild.example.org", "192.0.2.7", "2001:db8::7");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Its_names_are_those_that_browsers_compare() => Assert.Equal(
        ["*.wild.example.org", "192.0.2.7", "[2001:db8::7]", "chat.example.org"], Load(One.Certificate, One.Key).Names.Order(StringComparer.Ordinal));

    [Fact]
    public void The_key_may_stand_in_the_certificates_own_file()
    {
        File.WriteAllText(_folder["both.pem"], One.Key + "\n" + One.Certificate);
        var files = new CertificateFiles(_folder["both.pem"], _folder["both.pem"]);
        Assert.Equal(One.Thumbprint, ServerCertificate.Load(files.Read(), files).Certificate.Thumbprint);
    }

    [Fact]
    public void The_chain_goes_along_and_the_servers_own_is_the_first()
    {
        var other = TestCertificate.For("ca.example.org");
        Assert.Equal(One.Thumbprint, Load(One.Certificate + "\n" + other.Certificate, One.Key).Certificate.Thumbprint);
    }

    [Fact]
    public void Each_way_to_be_wrong_is_named()
    {
        var other = TestCertificate.For("other.example.org");
        using var rsa = RSA.Create(2048);
        var encrypted = rsa.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1_000));
        Assert.Contains("do not go together", Problem(One.Certificate, other.Key));
        Assert.Contains("do not go together", Problem(One.Certificate, rsa.ExportPkcs8PrivateKeyPem()));
        Assert.Contains("do not go together", Problem(One.Certificate.Replace("MII", "MIA", StringComparison.Ordinal), One.Key));
        Assert.Contains("holds no certificate", Problem(One.Certificate[..^100], One.Key)); // half-written
        Assert.Contains("holds no certificate", Problem("", One.Key));
        Assert.Contains("holds no certificate", Problem(One.Key, One.Key));
        Assert.Contains("holds no private key", Problem(One.Certificate, One.Certificate));
        Assert.Contains("is encrypted", Problem(One.Certificate, encrypted));
        Assert.Contains("openssl pkey", Problem(One.Certificate, "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"));
        Assert.Contains("larger than 1 MiB", Problem(One.Certificate + new string('\n', 1024 * 1024), One.Key));
        Assert.Contains("cannot be read", Assert.Throws<CertificateException>(() => new CertificateFiles(_folder["nothing.pem"], _folder["nothing.pem"]).Read()).Message);
    }

    [Fact]
    public async Task A_server_with_a_wrong_pair_does_not_start()
    {
        var (certificate, _) = One.WriteTo(_folder);
        await using var server = new MinatoServer(new MinatoOptions { Address = RunningServer.AnyPort, Memory = true, TlsCertificate = certificate });
        await Assert.ThrowsAsync<CertificateException>(() => server.StartAsync());
    }

    private string Problem(string certificate, string key) => Assert.Throws<CertificateException>(() => Load(certificate, key)).Message;

    private ServerCertificate Load(string certificate, string key)
    {
        var (certificateFile, keyFile) = new TestCertificate(One.Certificate, "").WriteTo(_folder);
        File.WriteAllText(certificateFile, certificate);
        File.WriteAllText(keyFile, key);
        var files = new CertificateFiles(certificateFile, keyFile);
        return ServerCertificate.Load(files.Read(), files);
    }
}
