package dev.firebreak.eventlog.log;

/// What the log calls a kind of event, and in which revision of its shape.
record EventName(String name, int revision) {

    @Override
    public String toString() {
        return name + "/" + revision;
    }
}
