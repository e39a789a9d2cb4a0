using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Reports;
using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Storage.Reading;
using Minato.Storage.Sql;
using Minato.Storage.Writing.Accounts;

namespace Minato.Storage.Writing;

/// <summary>Messages are reported to those who run the server, and what came of it is noted. A report is a copy: what becomes of the message changes nothing in it.</summary>
internal sealed class ReportWriter(WriteContext context, ClientIds clientIds, RoomActs acts, Messages messages, Paces paces, AuditWriter audit)
{
    internal Outcome Apply(ReportMessage command, User actor)
    {
        if (context.Room(command.Room) is not { } room)
            return clientIds.NoSuchRoom(actor.Id, command.Cid);
        if (MayNot(command, room, actor) is { } refusal)
            return clientIds.Find(actor.Id, command.Cid, Act.Report, command.Room) ?? new Refused(refusal);
        if (clientIds.Find(actor.Id, command.Cid, Act.Report, command.Room) is { } first)
            return first;
        var isThere = IsOpen(command, actor) || IsKnown(command);
        var open = isThere ? 0 : ReportReader.CountOpen(context.Db, 0);
        if (open >= Report.MaxOpenInAll || (!isThere && HasMany(actor)))
            return new Refused(Refusal.TooMany);
        if (!isThere && !paces.TryTake(Allowance.Reports, actor.Id, Act.Report, out var tooFast))
            return tooFast;
        clientIds.TryClaim(actor.Id, command.Cid, Act.Report, room.Room, room.Head.Seq, room.Head.Ts, out _);
        var answer = new Logged(room.Room, room.Head.Seq, room.Head.Ts, Event: null);
        if (isThere)
            return answer;
        Insert(command, room, actor);
        return new ReportsChanged(open + 1) { Answer = answer };
    }

    internal Outcome Apply(ResolveReport command)
    {
        var row = context.Db.Statement("select author, resolution from reports where id = ?").Bind(1, command.Report);
        (UserId Author, long? Resolution)? found = row.Step() ? (new UserId(row.Int64(0)), row.Int64OrNull(1)) : null;
        row.Reset();
        if (found is not { } report)
            return new Refused(Refusal.NoSuchReport);
        if (report.Resolution == (long)command.Resolution)
            return Nothing.Value;
        context.Db.Statement("update reports set resolution = ?, resolved_at = ?, resolved_by = ? where id = ?")
            .Bind(1, (long)command.Resolution).Bind(2, context.Now).Bind(3, command.By?.Id.Value).Bind(4, command.Report).Run();
        audit.Note(command.By, "report.resolved", report.Author, $"{command.Report} {command.Resolution.ToString().ToLowerInvariant()}");
        return new ReportsChanged(ReportReader.CountOpen(context.Db, 0));
    }

    /// <summary>Whose message it is; null: there is no such report.</summary>
    internal UserId? AuthorOf(long report)
    {
        var row = context.Db.Statement("select author from reports where id = ?").Bind(1, report);
        UserId? author = row.Step() ? new UserId(row.Int64(0)) : null;
        row.Reset();
        return author;
    }

    /// <summary>Whoever leaves for good, where their words are erased, takes them out of reports as well, and the reasons that they gave.</summary>
    internal void EraseWordsOf(UserId user)
    {
        context.Db.Statement("update reports set body = null where author = ? and body is not null").Bind(1, user.Value).Run();
        context.Db.Statement("update reports set reason = null where by_user = ? and reason is not null").Bind(1, user.Value).Run();
    }

    private Refusal? MayNot(ReportMessage command, WriterRoom room, User actor) =>
        acts.Check(RoomAction.Report, room, actor)
        ?? (messages.Find(command.Room, command.Target, actor.Id) is { IsDeleted: false } ? null : Refusal.NoSuchMessage);

    private bool IsOpen(ReportMessage command, User actor) => Database.Finds(context.Db
        .Statement("select 1 from reports where by_user = ? and room_id = ? and seq = ? and resolved_at is null")
        .Bind(1, actor.Id.Value).Bind(2, command.Room.Value).Bind(3, command.Target));

    /// <summary>So many have reported it that one more tells nobody anything.</summary>
    private bool IsKnown(ReportMessage command) => Database.Finds(context.Db
        .Statement("select 1 where (select count(*) from reports where room_id = ? and seq = ? and resolved_at is null) >= ?")
        .Bind(1, command.Room.Value).Bind(2, command.Target).Bind(3, Report.MaxOpenOfMessage));

    private bool HasMany(User actor) => Database.Finds(context.Db
        .Statement("select 1 where (select count(*) from reports where by_user = ? and resolved_at is null) >= ?")
        .Bind(1, actor.Id.Value).Bind(2, Report.MaxOpen));

    private void Insert(ReportMessage command, WriterRoom room, User actor) => context.Db
        .Statement("""
            insert into reports (by_user, at, reason, room_id, room_title, seq, said_at, author, body)
            select ?1, ?2, ?3, m.room_id, ?4, m.seq, m.ts, m.user_id, b.body
            from messages m join bodies b on b.room_id = m.room_id and b.seq = m.body_seq where m.room_id = ?5 and m.seq = ?6
            """).Bind(1, actor.Id.Value).Bind(2, context.Now).Bind(3, command.Reason).Bind(4, room.Room.Title)
        .Bind(5, command.Room.Value).Bind(6, command.Target).Run();
}
