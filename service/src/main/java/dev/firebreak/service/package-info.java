/// The assembly: imports every room, and none imports it.
///
/// Start reading at [Firebreak], the main class.
@NullMarked
package dev.firebreak.service;

import org.jspecify.annotations.NullMarked;
