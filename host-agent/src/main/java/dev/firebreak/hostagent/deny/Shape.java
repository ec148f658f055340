package dev.firebreak.hostagent.deny;

import java.util.Comparator;

/// The wildcard pattern of a rule: which bits of a flow its key keeps. One kernel lookup each.
public record Shape(
        long handle, View view, int prefixLength, boolean exactPort, boolean anyProtocol) {

    /// Each subject and view may have so many, its ancestors' included: the price of a packet grows
    /// with them.
    public static final int MOST_PER_VIEW = 16;

    public static final Comparator<Shape> ORDER =
            Comparator.comparingLong(Shape::handle)
                    .thenComparing(Shape::view)
                    .thenComparingInt(Shape::prefixLength)
                    .thenComparing(Shape::exactPort)
                    .thenComparing(Shape::anyProtocol);
}
