using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Storage.Reading;

namespace Minato.Storage.Writing;

/// <summary>Somebody does not want to hear somebody else, or does again. It is theirs alone: no room, and not the other, is told.</summary>
internal sealed class BlockWriter(WriteContext context, ClientIds clientIds, Blocks blocks)
{
    internal Outcome Apply(BlockUser command, User actor)
    {
        var act = command.On ? Act.Block : Act.Unblock;
        var subject = context.User(command.Subject) ?? UserReader.EvenEnded(context.Db, command.Subject);
        if (clientIds.FindAbout(subject ?? actor, actor.Id, command.Cid, act) is { } first)
            return first is Refused ? first : new BlockChanged(actor, subject ?? actor, command.On, IsNew: false);
        if (subject is not { Kind: not UserKind.System })
            return new Refused(Refusal.NoSuchUser);
        var isOn = blocks.Has(actor.Id, subject.Id);
        if (command.On && !isOn && MayNot(subject, actor) is { } refusal)
            return new Refused(refusal);
        clientIds.ClaimAbout(subject.Id, actor.Id, command.Cid, act);
        if (isOn == command.On)
            return new BlockChanged(actor, subject, command.On, IsNew: false);
        if (command.On)
            blocks.Add(actor.Id, subject.Id);
        else
            blocks.Remove(actor.Id, subject.Id);
        return new BlockChanged(actor, subject, command.On, IsNew: true);
    }

    private Refusal? MayNot(User subject, User actor) =>
        subject.Id == actor.Id ? Refusal.Forbidden
        : context.User(subject.Id) is null ? Refusal.NoSuchUser
        : blocks.IsFull(actor.Id) ? Refusal.TooMany : null;
}
