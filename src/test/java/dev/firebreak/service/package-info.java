/// The whole, seen from outside.
@NullMarked
package dev.firebreak.service;

import org.jspecify.annotations.NullMarked;
