using Minato.Server;
using Minato.Sidecar;

namespace Minato.Cli.Serving;

/// <summary>What this executable answers to a server whose place it may take: whether it could, and then the migration. It never serves meanwhile.</summary>
internal static class TrialAnswer
{
    internal static async Task<int> RunAsync(MinatoOptions options, OnTrial trial)
    {
        try
        {
            Trial.Prepare(options);
            trial.Say(Trial.Prepared);
            if (await trial.HearAsync() != Trial.Go)
                return ExitCode.Error;
            // Whoever said so and dies would leave nobody to whom this is of use.
            _ = trial.HearAsync().ContinueWith(_ => Environment.Exit(ExitCode.Error), TaskScheduler.Default);
            await Trial.MigrateAsync(options);
            trial.Say(Trial.Done);
            return ExitCode.Done;
        }
        catch (Exception e) when (StartFailure.From(e) is { } failure)
        {
            trial.Refuse(failure.Message);
            return failure.ExitCode;
        }
    }
}
