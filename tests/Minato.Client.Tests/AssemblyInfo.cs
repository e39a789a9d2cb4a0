using System.Runtime.Versioning;

// Real processes on two cores: one test at a time measures the server and not the neighbours.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// Signals, file modes and /proc: what these tests hold the executable to is Unix.
[assembly: UnsupportedOSPlatform("windows")]
