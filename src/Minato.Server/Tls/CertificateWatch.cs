using Microsoft.Extensions.Logging;

namespace Minato.Server.Tls;

/// <summary>
/// The certificate in use. Its files are read again every few seconds and taken over when what they hold has changed and fits; whoever is
/// connected stays. Reading them is surer than being told of changes: they may be replaced, renamed, or links to links that are exchanged.
/// </summary>
internal sealed partial class CertificateWatch : IAsyncDisposable
{
    /// <summary>Two looks must find the same, so that a pair that is just being written is not judged: a new one serves within 10 s.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly CertificateFiles _files;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly PeriodicTimer _timer;
    private readonly Task _loop;
    private volatile ServerCertificate _current;
    private CertificateLook _judged;
    private CertificateLook _last;

    /// <exception cref="CertificateException">The files hold no usable pair.</exception>
    internal CertificateWatch(CertificateFiles files, TimeProvider clock, ILogger<CertificateWatch> log)
    {
        (_files, _clock, _log) = (files, clock, log);
        var pem = files.Read();
        _current = ServerCertificate.Load(pem, files);
        _judged = _last = new CertificateLook(pem, null);
        WarnOfDates();
        _timer = new PeriodicTimer(Interval, clock);
        _loop = RunAsync();
    }

    internal ServerCertificate Current => _current;

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop;
    }

    private async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync())
            Look();
    }

    private void Look()
    {
        var look = ReadFiles();
        var isSettled = look == _last;
        _last = look;
        if (!isSettled || look == _judged)
            return;
        _judged = look;
        try
        {
            _current = ServerCertificate.Load(look.Pem ?? throw new CertificateException(look.Problem!), _files);
            LogTaken(_files.Certificate, _current.Certificate.NotAfter);
            WarnOfDates();
        }
        catch (CertificateException e)
        {
            LogKept(e.Message);
        }
    }

    private CertificateLook ReadFiles()
    {
        try
        {
            return new CertificateLook(_files.Read(), null);
        }
        catch (CertificateException e)
        {
            return new CertificateLook(null, e.Message);
        }
    }

    private void WarnOfDates()
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var certificate = _current.Certificate;
        if (now < certificate.NotBefore.ToUniversalTime() || now > certificate.NotAfter.ToUniversalTime())
            LogNotValidNow(_files.Certificate, certificate.NotBefore, certificate.NotAfter);
    }

    /// <summary>What one look found: both files, or why not.</summary>
    private sealed record CertificateLook(CertificatePem? Pem, string? Problem);

    [LoggerMessage(110, LogLevel.Information, "The certificate in {File} was read again; it is valid until {Until:yyyy-MM-dd}.")]
    private partial void LogTaken(string file, DateTime until);

    [LoggerMessage(111, LogLevel.Warning, "The certificate's files changed, and the one in use is kept: {Problem}")]
    private partial void LogKept(string problem);

    [LoggerMessage(112, LogLevel.Warning, "The certificate in {File} is valid from {From:yyyy-MM-dd} to {Until:yyyy-MM-dd}, not today: browsers refuse it.")]
    private partial void LogNotValidNow(string file, DateTime from, DateTime until);
}
