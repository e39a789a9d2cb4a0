namespace Minato.Server.Files;

/// <summary>Whether an error says that there is no space, or no more for this user.</summary>
internal static class DiskFull
{
    private const int NoSpace = 28, QuotaExceeded = 122, MacQuotaExceeded = 69;

    // ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL   https://learn.microsoft.com/windows/win32/debug/system-error-codes
    private const int WindowsHandleFull = unchecked((int)0x80070027), WindowsFull = unchecked((int)0x80070070);

    /// <summary>On Unix the result is the error's number, elsewhere an HRESULT.</summary>
    internal static bool Is(IOException e) => OperatingSystem.IsWindows()
        ? e.HResult is WindowsFull or WindowsHandleFull
        : e.HResult is NoSpace || e.HResult == (OperatingSystem.IsMacOS() ? MacQuotaExceeded : QuotaExceeded);
}
