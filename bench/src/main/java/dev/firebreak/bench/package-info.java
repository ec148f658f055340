/// What Firebreak costs, what it survives, and what it looks like: bench, soak and demo.
///
/// Start reading at [Main]. Imports every room but service, which it runs as a process.
@NullMarked
package dev.firebreak.bench;

import org.jspecify.annotations.NullMarked;
