using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Minato.Server.Tls;

/// <summary>A certificate with its key and its chain, ready for handshakes.</summary>
internal sealed class ServerCertificate
{
    /// <summary>Bytes of a client's certificate: 16 KiB; with a key of 4,096 bits it has two.</summary>
    private const int MaxClientCertificate = 16 * 1024;

    private ServerCertificate(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        Certificate = certificate;
        Names = [.. NamesOf(certificate)];
        // Offline: a server that starts, or a handshake, fetches nothing from anywhere.
        var context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        Handshake = Options(context);
        AskingHandshake = Options(context);
        AskingHandshake.ClientCertificateRequired = true;
        // A session that is resumed asks nobody: it would be without a certificate where the first one was, and of another where that showed one.
        AskingHandshake.AllowTlsResume = false;
        // Whose it is, is looked up by its fingerprint, and its key was shown to be there: who else has signed it does not matter. None is as good.
        AskingHandshake.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is null || certificate.GetRawCertData().Length <= MaxClientCertificate;
        AskingHandshake.CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
    }

    internal X509Certificate2 Certificate { get; }

    /// <summary>DNS names, some with a wildcard, and addresses, IPv6 ones in brackets: what browsers may call this server.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>TLS 1.2 and 1.3; HTTP/2 or HTTP/1.1 for those who ask, anything else for those who do not.</summary>
    internal SslServerAuthenticationOptions Handshake { get; }

    /// <summary>The same, in which the client is asked for a certificate of its own and may have none.</summary>
    internal SslServerAuthenticationOptions AskingHandshake { get; }

    /// <exception cref="CertificateException">It is none, or the key is not its own.</exception>
    internal static ServerCertificate Load(CertificatePem pem, CertificateFiles files)
    {
        if (IsEncrypted(pem.Key))
            throw new CertificateException($"The key in {files.Key} is encrypted, and there is nobody to ask for its password. Decrypt it first: openssl pkey -in {files.Key} -out plain.key");
        if (!pem.Key.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw new CertificateException($"{files.Key} holds no private key. Name the key's PEM file with --tls-key.");
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(pem.Certificate);
            if (chain.Count == 0)
                throw new CertificateException($"{files.Certificate} holds no certificate. It is a PEM file with BEGIN CERTIFICATE in it, the server's own first.");
            chain.RemoveAt(0);
            return new ServerCertificate(ForThisSystem(X509Certificate2.CreateFromPem(pem.Certificate, pem.Key)), chain);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new CertificateException($"The certificate in {files.Certificate} and the key in {files.Key} do not go together, or one of them is damaged: {e.Message}", e);
        }
    }

    private static SslServerAuthenticationOptions Options(SslStreamCertificateContext context) => new()
    {
        ServerCertificateContext = context,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11, new SslApplicationProtocol("irc")],
        AllowRenegotiation = false,
    };

    private static bool IsEncrypted(string key) =>
        key.Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal) || key.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal);

    // Windows' TLS takes no key that lives in memory only.
    private static X509Certificate2 ForThisSystem(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
            return certificate;
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    private static IEnumerable<string> NamesOf(X509Certificate2 certificate)
    {
        foreach (var names in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            foreach (var name in names.EnumerateDnsNames())
                yield return name;
            foreach (var address in names.EnumerateIPAddresses())
                yield return Written(address);
        }
    }

    private static string Written(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
