using Minato.Core.Events;

namespace Minato.Torture.Checking;

/// <summary>Whatever stands in the log, somebody sent once, as themselves, and it stands there once.</summary>
internal static class StoredOnce
{
    public static IEnumerable<Violation> Check(Record record)
    {
        foreach (var same in record.Log.Events.Where(e => e.Text is not null && Record.HasBody(e.Kind)).GroupBy(e => e.Text!))
        {
            var first = same.First();
            var sent = record.Sent.GetValueOrDefault(same.Key)?[0];
            if (same.Count() > 1)
                yield return new Violation("G2", $"{same.Key} is stored {same.Count()} times: {string.Join(" and ", same.Select(e => $"at {e.Seq} of {e.Room}"))}.", sent);
            if (sent is null && !record.Typed.ContainsKey(same.Key))
                yield return new Violation("G2", $"Nobody sent what stands at {first.Seq} of {first.Room}: {same.Key}");
            if (sent is not null && record.Users.TryGetValue(sent.Actor, out var user) && user != first.User)
                yield return new Violation("G8", $"{same.Key} stands at {first.Seq} of {first.Room} as said by {first.User}, and {user} sent it.", sent);
            if (sent is { Op: "edit" } && (first.Kind != EventKind.Edited || first.Target != sent.Target))
                yield return new Violation("G2", $"{same.Key} edits {first.Target} and was to edit {sent.Target}.", sent);
        }
    }
}
