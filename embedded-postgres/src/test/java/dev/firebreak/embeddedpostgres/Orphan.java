package dev.firebreak.embeddedpostgres;

/// A server without lock and without keeper, as one is left when nothing bound it to its JVM.
record Orphan(ProcessHandle process, String url) {
    static Orphan start(Home home) throws Exception {
        var launch = new Launch(Account.running(home.data()));
        var binaries = Binaries.unpackedIn(home.root());
        var port = Keeper.freePort();
        Postmaster.start(home, binaries, launch, port);
        var pid = PidFile.read(home.data()).orElseThrow().pid();
        return new Orphan(
                ProcessHandle.of(pid).orElseThrow(),
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, Cluster.DATABASE));
    }
}
