/** What typed calls cost beside raw ones. */
@NullMarked
package dev.trapgate.bench.typed;

import org.jspecify.annotations.NullMarked;
