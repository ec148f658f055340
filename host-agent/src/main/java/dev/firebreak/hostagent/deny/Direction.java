package dev.firebreak.hostagent.deny;

import java.util.List;

/// Who opened the sessions that are denied: the subject (egress), the peer (ingress), or either.
public enum Direction {
    INGRESS,
    EGRESS,
    BOTH;

    public List<View> views() {
        return switch (this) {
            case INGRESS -> List.of(View.SERVED);
            case EGRESS -> List.of(View.OPENED);
            case BOTH -> List.of(View.OPENED, View.SERVED);
        };
    }
}
