package dev.firebreak.queryside.projection;

/// The database does not answer, so nothing can be shown. What is contained stays contained.
public final class ViewsUnavailable extends RuntimeException {
    ViewsUnavailable(Throwable cause) {
        super(
                "The views cannot be read: the database does not answer. What is contained stays"
                        + " contained; try again in a moment.",
                cause);
    }
}
