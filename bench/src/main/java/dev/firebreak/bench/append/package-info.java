/// G2: what an append costs, with order, uniqueness, idempotency and the hash chain.
@NullMarked
package dev.firebreak.bench.append;

import org.jspecify.annotations.NullMarked;
