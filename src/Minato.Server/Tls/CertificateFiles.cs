namespace Minato.Server.Tls;

/// <summary>Where a certificate and its key are kept.</summary>
/// <param name="Key">The same file when the key stands beside the certificate.</param>
internal sealed record CertificateFiles(string Certificate, string Key)
{
    /// <summary>1 MiB: a chain of a hundred certificates; what is larger was named by mistake.</summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>What both hold now, whole or half-written. Links are followed anew each time: certbot and Kubernetes exchange them.</summary>
    /// <exception cref="CertificateException">One of them cannot be read.</exception>
    internal CertificatePem Read() => new(Read(Certificate), Read(Key));

    private static string Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var bytes = new byte[Math.Min(stream.Length, MaxBytes) + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= MaxBytes
                ? System.Text.Encoding.UTF8.GetString(bytes, 0, length)
                : throw new CertificateException($"{file} is larger than 1 MiB: it is no PEM file of a certificate or key.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException($"{file} cannot be read: {e.Message}", e);
        }
    }
}

/// <summary>The text of both files at one moment.</summary>
internal sealed record CertificatePem(string Certificate, string Key);
