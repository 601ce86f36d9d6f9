/** Scheduling: {@code kernel/sched/}. Every task has a processor to itself; what is asked for is kept and told. */
@NullMarked
package dev.trapgate.emulator.linux.kernel.sched;

import org.jspecify.annotations.NullMarked;
