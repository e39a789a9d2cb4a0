namespace Minato.Sidecar;

/// <summary>Locks of which each port has one, among all processes of this user; the kernel lets go of them when their process ends, however it ends.</summary>
internal interface ILeaseLocks
{
    /// <summary>False when any process has it, this one included. Never waits.</summary>
    bool TryLock(int port);

    void Unlock(int port);
}
