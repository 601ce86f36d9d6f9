/** Measures what a call costs through each gate: rounds of JMH in JVMs of their own, statistics, report. */
@NullMarked
package dev.trapgate.bench;

import org.jspecify.annotations.NullMarked;
