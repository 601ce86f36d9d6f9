/** A report as one HTML page, with charts. */
@NullMarked
package dev.trapgate.bench.page;

import org.jspecify.annotations.NullMarked;
