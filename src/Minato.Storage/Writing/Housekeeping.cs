using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Storage;
using Minato.Storage.Sql;
using Minato.Storage.Writing.Accounts;

namespace Minato.Storage.Writing;

/// <summary>What is done between commits, a little at a time, so that no commit pays for it and no kill can interrupt more than a slice.</summary>
internal sealed class Housekeeping(Database db, BatchWriter batches, TimeProvider clock)
{
    private readonly OldClientIds _oldClientIds = new(db, clock);
    private readonly OldCredentials _oldCredentials = new(db, clock);
    private readonly OldPaces _oldPaces = new(db, clock);
    private readonly OldReports _oldReports = new(db, clock);
    private readonly OldFiles _oldFiles = new(db, clock);
    private readonly RetentionSweep _retention = new(db, batches, clock);
    private readonly ErasureSweep _erasures = new(db, batches, clock);

    private bool _hasErased;

    /// <summary>Whether anything was erased since this was last asked.</summary>
    internal bool TakeErased()
    {
        var hasErased = _hasErased;
        _hasErased = false;
        return hasErased;
    }

    /// <summary>Looks through what was committed for what makes work here.</summary>
    internal void Notice(IReadOnlyList<Outcome> outcomes)
    {
        foreach (var outcome in outcomes)
            switch (outcome)
            {
                case Logged { Event: Deleted }:
                    _hasErased = true;
                    break;
                case Logged { Event: MessagesErased } or AccountChanged { Events.Count: > 0 }:
                    _erasures.Hurry();
                    break;
                case Logged { Event: RetentionChanged }:
                    _retention.Hurry();
                    break;
            }
    }

    /// <exception cref="StoreFailedException">The disk or the file cannot be trusted any more.</exception>
    internal Upkeep Run()
    {
        Trimmed? trimmed = null;
        Exception? cause = null;
        try
        {
            _oldClientIds.ForgetSomeIfDue();
            _oldCredentials.ForgetIfDue();
            _oldPaces.ForgetSomeIfDue();
            _hasErased |= _oldReports.RemoveSomeIfDue();
            _oldFiles.RemoveSomeIfDue();
            _hasErased |= _erasures.EraseSomeIfDue();
            trimmed = _retention.TrimSomeIfDue();
            _hasErased |= trimmed is not null;
        }
        catch (SqlException e) when (e.Trouble == SqlTrouble.Broken)
        {
            throw new StoreFailedException($"The database could not be tidied up ({e.Message}).", e);
        }
        catch (Exception e) when (e is not (StoreFailedException or OutOfMemoryException))
        {
            // Nothing was done; it is tried again. Of a full disk and a database that is away, those who commit are told.
            cause = e is StoreException or SqlException { Trouble: not SqlTrouble.OneRow } ? null : e;
        }
        return new Upkeep(trimmed is { } room ? [room] : [], new[] { _oldReports.Next, _oldFiles.Next, _erasures.Next, _retention.Next }.Min()) { Cause = cause };
    }
}
