using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Minato.Tests.Kit;

/// <summary>A certificate of a test's own making, as PEM.</summary>
internal sealed record TestCertificate(string Certificate, string Key)
{
    public string Thumbprint { get; } = X509Certificate2.CreateFromPem(Certificate).Thumbprint;

    /// <param name="names">DNS names, with or without a wildcard, and addresses.</param>
    public static TestCertificate For(params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=minato test", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }
        if (names.Length > 0)
            request.CertificateExtensions.Add(alternatives.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        return new TestCertificate(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Writes both into a folder, as <c>cert.pem</c> and <c>key.pem</c>.</summary>
    public (string Certificate, string Key) WriteTo(TempFolder folder)
    {
        File.WriteAllText(folder["cert.pem"], Certificate);
        File.WriteAllText(folder["key.pem"], Key);
        return (folder["cert.pem"], folder["key.pem"]);
    }

    /// <summary>A client's end of TLS that trusts this certificate and no other.</summary>
    public SslClientAuthenticationOptions Client(params string[] protocols) => new()
    {
        TargetHost = "localhost",
        ApplicationProtocols = protocols.Length == 0 ? null : [.. protocols.Select(p => new SslApplicationProtocol(p))],
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2 shown && shown.Thumbprint == Thumbprint,
    };
}
