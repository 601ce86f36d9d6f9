package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.Task;

/** What a descriptor stands for: {@code struct file} with its operations. */
public interface OpenFile {

    /**
     * Reads into a program's memory.
     *
     * @param current the calling task
     * @param to the program's address
     * @param count how many bytes at most, 0 to 0x7fff_f000
     * @return how many were read, or an error number negated
     */
    long read(Task current, long to, long count);

    /**
     * Writes from a program's memory.
     *
     * @param current the calling task
     * @param from the program's address
     * @param count how many bytes at most, 0 to 0x7fff_f000
     * @return how many were written, or an error number negated
     */
    long write(Task current, long from, long count);
}
