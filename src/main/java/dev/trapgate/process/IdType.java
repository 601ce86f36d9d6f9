package dev.trapgate.process;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What kind of number says whom.
 *
 * @param number the kernel's number
 * @see <a href="https://man7.org/linux/man-pages/man2/waitid.2.html">waitid(2)</a>
 */
public record IdType(int number) {

    /** None: every child. */
    public static final IdType P_ALL = new IdType(0);
    /** A process. */
    public static final IdType P_PID = new IdType(1);
    /** A process group. */
    public static final IdType P_PGID = new IdType(2);
    /** A process, by descriptor. */
    public static final IdType P_PIDFD = new IdType(3);

    /** {@return the C names, for example {@code P_PID}} */
    @Override
    public String toString() {
        return ConstantNames.render("idtype", number, Abi.X86_64);
    }
}
