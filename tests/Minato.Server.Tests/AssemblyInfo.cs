using System.Runtime.Versioning;

// Two cores: what a stress test measures is its own race.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

[assembly: UnsupportedOSPlatform("windows")]
