using FsCheck;
using FsCheck.Fluent;

namespace Minato.Storage.Tests.Histories;

/// <summary>What people did, in order: generated at random, and shrunk to the fewest steps that still fail.</summary>
internal sealed record History(Step[] Steps)
{
    /// <summary>Long enough for people to have been in, out and in again.</summary>
    private const int MaxSteps = 400;

    /// <summary>How often each deed comes; what changes who may do what is as frequent as what is said.</summary>
    private static readonly (int Weight, Deed[] Deeds)[] Weights =
    [
        (10, [Deed.Post, Deed.Join]),
        (6, [Deed.Reply, Deed.MarkRead, Deed.Again, Deed.OpenDirect]),
        (4, [Deed.Edit, Deed.React, Deed.Invite, Deed.Leave, Deed.Clock, Deed.JoinByLink, Deed.Unmute]),
        (3, [Deed.Delete, Deed.SetRole, Deed.Kick, Deed.Ban, Deed.Unban, Deed.Mute, Deed.Rename, Deed.SetSlowMode, Deed.Free, Deed.Restrict, Deed.SetMemberLimit]),
        (2, [Deed.Unreact, Deed.Pin, Deed.Unpin, Deed.SetTopic, Deed.SetTitle, Deed.SetSlug, Deed.Unarchive, Deed.Visit, Deed.Create, Deed.SetHistory, Deed.MakeLink, Deed.Transfer, Deed.Operate, Deed.Block, Deed.Unblock, Deed.Report, Deed.SetKey, Deed.JoinByKey, Deed.SetPattern]),
        (1, [Deed.Archive, Deed.EndVisit, Deed.SetRetention, Deed.EraseMessages, Deed.SetPosting, Deed.RevokeLink, Deed.GiveRole, Deed.Purge]),
        (22, [Deed.Commit]),
        (1, [Deed.Reopen]),
    ];

    private static readonly Gen<Deed> Deeds = Gen.Elements(Weights.SelectMany(w => w.Deeds.SelectMany(d => Enumerable.Repeat(d, w.Weight))).ToArray());

    private static readonly Gen<int> Cids = Gen.Elements([0, 0, 0, 1, 2, 3, 4, .. Enumerable.Repeat(Step.NewCid, 13)]);

    /// <summary>ann and bob act more often than others: they have rooms of their own, and may do more.</summary>
    private static readonly Gen<int> Actors = Gen.Elements(0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 5);

    /// <summary>Rarely a system or an unknown user.</summary>
    private static readonly Gen<int> Subjects = Gen.Elements([.. Enumerable.Range(0, 36).Select(i => i % 6), 6, 7]);

    private static readonly Gen<Step> OneStep =
        from deed in Deeds
        from who in Actors
        from room in Gen.Choose(0, 3)
        from whom in Subjects
        from what in Gen.Choose(0, 15)
        from cid in Cids
        select new Step(deed, who, room, whom, what, cid);

    public static Arbitrary<History> Any { get; } = Arb.From(
        from length in Gen.Choose(1, MaxSteps)
        from steps in Gen.ArrayOf(OneStep, length)
        select new History(steps),
        history => history.Smaller());

    /// <summary>Without half of it, a quarter, … one step; then with less in single steps.</summary>
    private IEnumerable<History> Smaller()
    {
        for (var size = (Steps.Length + 1) / 2; size > 0; size /= 2)
            for (var at = 0; at < Steps.Length; at += size)
                yield return new History([.. Steps[..at], .. Steps[Math.Min(Steps.Length, at + size)..]]);
        for (var at = 0; at < Steps.Length; at++)
            foreach (var simpler in Steps[at].Simpler())
                yield return new History([.. Steps[..at], simpler, .. Steps[(at + 1)..]]);
    }

    /// <summary>As it can be pasted into a test of its own; a long one is only counted, as its seed says the same.</summary>
    public override string ToString() => Steps.Length > 60 ? $"{Steps.Length} steps" : $"{Steps.Length} steps:\n  {string.Join(",\n  ", Steps)}\n";
}
