/// The REST surface: one resource a noun, errors as RFC 9457 problem details with a stable code.
///
/// Start reading at [ContainmentsResource].
@NullMarked
package dev.firebreak.service.rest;

import org.jspecify.annotations.NullMarked;
