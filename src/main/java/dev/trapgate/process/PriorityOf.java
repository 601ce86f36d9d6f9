package dev.trapgate.process;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * Whose priority.
 *
 * @param number the kernel's number
 * @see <a href="https://man7.org/linux/man-pages/man2/getpriority.2.html">getpriority(2)</a>
 */
public record PriorityOf(int number) {

    /** A process's. */
    public static final PriorityOf PRIO_PROCESS = new PriorityOf(0);
    /** A process group's. */
    public static final PriorityOf PRIO_PGRP = new PriorityOf(1);
    /** A user's. */
    public static final PriorityOf PRIO_USER = new PriorityOf(2);

    /** {@return the C names, for example {@code PRIO_PGRP}} */
    @Override
    public String toString() {
        return ConstantNames.render("prio", number, Abi.X86_64);
    }
}
