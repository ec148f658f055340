package dev.firebreak.eventlog.log;

/// This actor has sent a command under this key before; `earlier` is what became of it. Nothing was
/// appended.
public final class CommandKeyUsed extends RuntimeException {

    private final transient KeyUse earlier;

    CommandKeyUsed(KeyUse earlier) {
        super(
                "The key '%s' of %s was used for %s"
                        .formatted(earlier.key(), earlier.by(), earlier.stream()));
        this.earlier = earlier;
    }

    public KeyUse earlier() {
        return earlier;
    }
}
