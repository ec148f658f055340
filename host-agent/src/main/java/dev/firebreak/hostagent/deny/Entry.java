package dev.firebreak.hostagent.deny;

/// One rule of a deny: a subject, a view, a peer prefix and a port range.
public record Entry(Subject subject, View view, Prefix peer, PortRange range, boolean wholeDeny) {

    /// Whether the kernel must find out who opened a TCP session before this rule can speak.
    public boolean oriented() {
        boolean tcp = range.protocol() == Protocol.TCP || range.protocol() == Protocol.ANY;
        return tcp && range.reachesClients() && !wholeDeny;
    }

    public Shape shape() {
        return new Shape(
                subject.handle(),
                view,
                peer.length(),
                range.single(),
                range.protocol() == Protocol.ANY);
    }

    public RuleKey key() {
        return new RuleKey(
                subject.handle(),
                view,
                peer,
                range.protocol(),
                range.single(),
                range.single() ? range.from() : 0);
    }
}
