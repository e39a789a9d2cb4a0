using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Storage.Reading;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>Users come, are renamed, and end; their ids are never used again.</summary>
internal sealed class UserWriter(WriteContext context, ClientIds clientIds, MembershipWriter members, Blocks blocks)
{
    /// <summary>Tries at a provisional nick: one in 16 million is taken by chance.</summary>
    private const int MaxTries = 8;

    internal Outcome Apply(RegisterGuest command)
    {
        // Two tabs may hold one token: the second finds the guest that the first has made.
        if (command.SessionHash is { } hash && UserReader.BySession(context.Db, hash) is { } known)
            // A session of an account that has run out, or that was shut, makes nobody anything.
            return known.Kind == UserKind.Guest ? new UserChanged(known) : new Refused(Refusal.LoginRequired);
        var nick = command.Nick;
        for (var tries = 1; IsTaken(nick); tries++, nick = Nick.Provisional())
            if (!command.NickIsProvisional || tries == MaxTries)
                return new Refused(Refusal.NickTaken);
        var user = Insert(command.Kind, nick);
        if (command.SessionHash is { } token)
            context.Db.Statement("insert into sessions (token_hash, user_id, created_at) values (?, ?, ?)")
                .BindBlob(1, token).Bind(2, user.Id.Value).Bind(3, context.Now).Run();
        return new UserChanged(user);
    }

    /// <summary>The server itself, as the one who made the lobby.</summary>
    internal User InsertSystem() => Insert(UserKind.System, "minato");

    internal User Insert(UserKind kind, string nick)
    {
        var (uid, role) = (context.NewUid(), kind == UserKind.Account ? ServerRole.Member : ServerRole.Guest);
        var row = context.Db.Statement("insert into users (uid, kind, nick, nick_key, created_at, role) values (?, ?, ?, ?, ?, ?) returning id")
            .Bind(1, uid).Bind(2, (long)kind).Bind(3, nick).Bind(4, Nick.Key(nick)).Bind(5, context.Now)
            .Bind(6, (long)role);
        row.Step();
        var user = new User(new UserId(row.Int64(0)), uid, kind, nick) { Role = role };
        row.Reset();
        context.Remember(user);
        return user;
    }

    internal Outcome Apply(Rename command, User actor)
    {
        if (clientIds.FindAbout(actor, actor.Id, command.Cid, Act.Rename) is { } first)
            return first;
        if (Nick.Key(command.Nick) != Nick.Key(actor.Nick) && IsTaken(command.Nick))
            return new Refused(Refusal.NickTaken);
        clientIds.ClaimAbout(actor.Id, actor.Id, command.Cid, Act.Rename);
        if (command.Nick == actor.Nick)
            return new UserChanged(actor, Was: actor);
        context.Db.Statement("update users set nick = ?, nick_key = ? where id = ?")
            .Bind(1, command.Nick).Bind(2, Nick.Key(command.Nick)).Bind(3, actor.Id.Value).Run();
        var renamed = actor with { Nick = command.Nick };
        context.Change(renamed);
        return new UserChanged(renamed, Was: actor);
    }

    internal Outcome Apply(EndVisitor _, User actor)
    {
        // A guest's token would lead to nobody, for ever.
        if (actor.Kind != UserKind.Visitor)
            return new Refused(Refusal.Forbidden);
        var events = members.ExitAll(actor);
        blocks.RemoveAllOf(actor.Id);
        context.Db.Statement("update users set ended_at = ? where id = ?").Bind(1, context.Now).Bind(2, actor.Id.Value).Run();
        context.Forget(actor.Id);
        return new VisitorEnded(events);
    }

    /// <summary>Visitors whose server was killed: nobody else would ever end them, and their nicks would stay taken.</summary>
    internal void EndLeftVisitors()
    {
        var left = new List<UserId>();
        var rows = context.Db.Statement("select id from users where kind = 1 and ended_at is null");
        while (rows.Step())
            left.Add(new UserId(rows.Int64(0)));
        foreach (var id in left)
            Apply(new EndVisitor(context.User(id)!), context.User(id)!);
    }

    internal bool IsTaken(string nick) =>
        Database.Finds(context.Db.Statement("select 1 from users where nick_key = ? and ended_at is null").Bind(1, Nick.Key(nick)));
}
