package dev.firebreak.bench.demo;

/// What passes between the two workloads, tried for real.
record Traffic(Workload checkout, int ledger, int other) {

    static Traffic between(Workload checkout, Workload ledger) {
        var traffic =
                new Traffic(
                        checkout,
                        Integer.parseInt(ledger.told("serve")),
                        Integer.parseInt(ledger.told("serve")));
        checkout.told("open " + traffic.ledger);
        return traffic;
    }

    boolean connects() {
        return checkout.told("connect " + ledger).equals("ok");
    }

    void show(Teller teller) {
        teller.seen(
                "new connection to port %d     %s".formatted(ledger, tried("connect " + ledger)));
        teller.seen("the session opened before     %s".formatted(tried("use " + ledger)));
        teller.seen("new connection to port %d     %s".formatted(other, tried("connect " + other)));
    }

    private String tried(String order) {
        var answer = checkout.told(order);
        return switch (answer) {
            case "ok" -> "works";
            case "Operation not permitted" -> "refused by the kernel at once: EPERM, " + answer;
            case "closed" -> "dead: closed";
            default -> "dead: " + answer;
        };
    }
}
