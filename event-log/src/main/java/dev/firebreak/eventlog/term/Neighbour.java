package dev.firebreak.eventlog.term;

/// A workload that is cut though nobody asked for it, because of where it runs; `why` is half a
/// sentence: `its cgroup /shop/db on web-1 lies below that of shop/cart`.
public record Neighbour(WorkloadName workload, String why) {}
