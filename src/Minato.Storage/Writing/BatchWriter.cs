using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Storage.Reading;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>Carries out a batch of commands in one transaction. A row that breaks the schema fails alone; a failing disk fails everything.</summary>
/// <param name="lookUp">Fills the context with what commands need, and locks what they change: where others write, too.</param>
/// <param name="tell">Writes down for those others what became of a batch, in its transaction.</param>
internal sealed class BatchWriter(
    Database db, TimeProvider clock, Action<WriteContext, IReadOnlyList<Command>>? lookUp = null, Action<IReadOnlyList<Command>, IReadOnlyList<Outcome>>? tell = null)
{
    /// <summary>Collisions with other writers in a row: locks are taken in order, so that even a second is rare.</summary>
    private const int MaxTries = 5;

    private readonly WriteContext _context = new(db, clock);
    private readonly RoomByRoom _order = new();
    private CommandWriters? _writers;

    private CommandWriters Writers => _writers ??= new CommandWriters(_context);

    /// <summary>Makes the lobby where it is missing, and ends what a killed server left open.</summary>
    /// <param name="isAlone">False: another server runs, and those who are only there for as long as they are connected may be connected to it.</param>
    internal void Prepare(bool isAlone = true)
    {
        var hasLobby = RoomReader.BySlug(db, Slug.Lobby) is not null;
        if (hasLobby && (!isAlone || !Database.Finds(db.Statement("select 1 from users where kind = 1 and ended_at is null limit 1"))))
            return;
        Transact([], () =>
        {
            if (!hasLobby)
                Writers.CreateLobby();
            if (isAlone)
                Writers.EndLeftVisitors();
            return true;
        });
    }

    /// <summary>One transaction of housekeeping, over what the writer knows of rooms.</summary>
    /// <exception cref="SqlException">A collision: nothing was done, and the same may succeed later.</exception>
    /// <exception cref="StoreException">As for a commit.</exception>
    internal T Maintain<T>(Func<WriteContext, T> work) => Transact([], () => work(_context));

    internal IReadOnlyList<Outcome> Commit(IReadOnlyList<Command> batch)
    {
        if (batch.Count == 0)
            return [];
        for (var tries = 1; ; tries++)
            try
            {
                return TryCommit(batch);
            }
            catch (SqlException e) when (e.Trouble == SqlTrouble.Collision && tries < MaxTries)
            {
                // Rolled back; whoever was in the way is done by now.
            }
    }

    private Outcome[] TryCommit(IReadOnlyList<Command> batch)
    {
        try
        {
            return Transact(batch, () => All(batch, Writers.Apply));
        }
        catch (Exception e) when (IsOneCommands(e))
        {
            // Rolled back. Once more in one transaction, each command behind a savepoint: this time only the bad one is undone.
            return Transact(batch, () => All(batch, ApplyAlone));
        }
    }

    private Outcome[] All(IReadOnlyList<Command> batch, Func<Command, Outcome> apply)
    {
        var outcomes = new Outcome[batch.Count];
        foreach (var (_, index) in _order.Of(batch))
            outcomes[index] = apply(batch[index]);
        tell?.Invoke(batch, outcomes);
        return outcomes;
    }

    private Outcome ApplyAlone(Command command)
    {
        // Where others write, too, a name may be taken between the look and the row; a second look sees it.
        for (var isSecond = lookUp is null; ; isSecond = true)
        {
            db.Execute("savepoint one");
            try
            {
                lookUp?.Invoke(_context, [command]);
                var outcome = Writers.Apply(command);
                // On its way before the next one: undoing that must not undo this.
                _context.WriteHeads();
                db.Execute("release savepoint one");
                return outcome;
            }
            catch (Exception e) when (IsOneCommands(e))
            {
                _context.ForgetAll();
                db.ResetStatements();
                db.Execute("rollback to savepoint one");
                db.Execute("release savepoint one");
                if (isSecond)
                    return new Refused(Refusal.StorageFailed) { Cause = e };
            }
        }
    }

    private T Transact<T>(IReadOnlyList<Command> batch, Func<T> work)
    {
        try
        {
            db.Begin();
            _context.Begin();
            lookUp?.Invoke(_context, batch);
            var result = work();
            _context.WriteHeads();
            db.Commit();
            _context.ForgetIfMany();
            return result;
        }
        catch (Exception e)
        {
            Rollback();
            if (e is SqlException sql && Explain(sql) is { } explained)
                throw explained;
            throw;
        }
    }

    /// <summary>A row that breaks the schema, or a bug of ours in one writer: that command's, not the disk's.</summary>
    private static bool IsOneCommands(Exception e) => e is SqlException { Trouble: SqlTrouble.OneRow }
        || e is not (SqlException or StoreException or OutOfMemoryException);

    /// <summary>The heads in memory go with the transaction: they are read again from what is on disk.</summary>
    private void Rollback()
    {
        _context.ForgetAll();
        db.ResetStatements();
        try
        {
            db.Rollback();
        }
        catch (SqlException)
        {
            // It adds nothing to the first error.
        }
    }

    /// <summary>Null: for this class itself to deal with.</summary>
    private static StoreException? Explain(SqlException e) => e.Trouble switch
    {
        SqlTrouble.OneRow or SqlTrouble.Collision => null,
        SqlTrouble.Full => new StoreFullException("The disk is full. Free some space.", e),
        SqlTrouble.Away => new StoreAwayException($"The database cannot be reached ({e.Message}).", e),
        _ => new StoreFailedException($"The database cannot be trusted any more ({e.Message}).", e),
    };
}
