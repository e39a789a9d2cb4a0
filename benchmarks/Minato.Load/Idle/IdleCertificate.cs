using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Minato.Load.Idle;

/// <summary>Of servers inside TLS: made for this run, and believed by nobody else.</summary>
internal static class IdleCertificate
{
    private const string Host = "localhost";

    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly X509Certificate2 Certificate = Make();

    /// <summary>How its clients shake hands.</summary>
    internal static SslClientAuthenticationOptions Client
    {
        get
        {
            var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            trust.CustomTrustStore.Add(Certificate);
            return new SslClientAuthenticationOptions { TargetHost = Host, CertificateChainPolicy = trust };
        }
    }

    /// <summary>Writes certificate and key, and says how a server is told of them.</summary>
    internal static string[] WriteTo(string folder)
    {
        var (certificate, key) = (Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
        File.WriteAllText(certificate, Certificate.ExportCertificatePem());
        File.WriteAllText(key, Key.ExportPkcs8PrivateKeyPem());
        return ["--tls-cert", certificate, "--tls-key", key];
    }

    private static X509Certificate2 Make()
    {
        var request = new CertificateRequest($"CN={Host}", Key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadCertificate(signed.Export(X509ContentType.Cert));
    }
}
