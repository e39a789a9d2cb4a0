// A process that one test starts holds, between fork and exec, a copy of every descriptor of all the others: for that
// millisecond a socket that was just closed still has its port. So the tests of ports take turns.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
