/// How anything is measured here: ours and the floor by turns in one run, medians of paired ratios,
/// and what else the machine was doing meanwhile.
@NullMarked
package dev.firebreak.bench.measure;

import org.jspecify.annotations.NullMarked;
