package dev.trapgate.differential.lockstep;

import java.util.List;

/**
 * A mapping of a process: a line of /proc/PID/maps.
 *
 * @param start its first address
 * @param end the address behind its last
 * @param readable whether it may be read
 * @param writable whether it may be written
 * @param executable whether it may be executed
 * @param name what is mapped, or what the kernel calls it; empty for anonymous memory
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_maps.5.html">proc_pid_maps(5)</a>
 */
record Mapping(long start, long end, boolean readable, boolean writable, boolean executable, String name) {

    /** Address, rights, offset, device, inode and name. */
    private static final int COLUMNS = 6;

    /** The kernel changes what is in these behind a program's back, and neither is in /proc/PID/mem. */
    private static final List<String> KERNELS = List.of("[vvar]", "[vvar_vclock]", "[vsyscall]");

    static Mapping parse(String line) {
        String[] columns = line.split(" +", COLUMNS);
        String[] range = columns[0].split("-", 2);
        String rights = columns[1];
        return new Mapping(
                Long.parseUnsignedLong(range[0], 16),
                Long.parseUnsignedLong(range[1], 16),
                rights.charAt(0) == 'r',
                rights.charAt(1) == 'w',
                rights.charAt(2) == 'x',
                columns.length < COLUMNS ? "" : columns[COLUMNS - 1]);
    }

    /** {@return whether a program can use it as memory of its own} */
    boolean isMemory() {
        return (readable || writable || executable) && !KERNELS.contains(name);
    }

    long size() {
        return end - start;
    }
}
