package dev.trapgate.emulator.linux.drivers;

import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileStatus;

/**
 * A descriptor of the machine that the JVM runs on, which a program gets as one of its own: a standard stream. Who makes the
 * emulated machine gives it one; the emulator itself reaches no file. Several threads may use one.
 */
public interface HostDescriptor {

    /** {@return what fstat(2) says of it} */
    HostFileStatus status() throws HostFileException;

    /** {@return how /proc calls it, as {@code pipe:[4711]} or {@code /tmp/file}; characters 0 to 255} */
    String name();

    /** {@return O_* flags as F_GETFL shows them, of x86-64} */
    int flags();

    /**
     * Reads, and waits for something to read.
     *
     * @param into what to fill, from its start
     * @return how many bytes came; 0 at the end
     * @throws HostFileException what read(2) answered
     */
    int read(byte[] into) throws HostFileException;

    /** {@return how many bytes can surely be read without waiting; 0 if that cannot be known} */
    int available();

    /**
     * Writes, and waits until all is written.
     *
     * @param from where the bytes are
     * @param length how many, from the start
     * @throws HostFileException what write(2) answered
     */
    void write(byte[] from, int length) throws HostFileException;

    /**
     * Reads a regular file at a place.
     *
     * @param into what to fill, from its start
     * @param position where, in bytes
     * @return how many bytes came; 0 at the end
     * @throws HostFileException what pread(2) answered
     */
    int read(byte[] into, long position) throws HostFileException;

    /**
     * Writes a regular file at a place.
     *
     * @param from where the bytes are
     * @param length how many, from the start
     * @param position where, in bytes
     * @throws HostFileException what pwrite(2) answered
     */
    void write(byte[] from, int length, long position) throws HostFileException;

    /** {@return the position of a regular file, in bytes: who else has the same open file may have moved it} */
    long position() throws HostFileException;

    /** Moves the position of a regular file. */
    void seek(long position) throws HostFileException;

    /** {@return the size of a regular file, in bytes} */
    long size() throws HostFileException;

    /** Cuts or extends a regular file. */
    void truncate(long size) throws HostFileException;

    /**
     * Asks a terminal, by ioctl(2) whose argument is a structure without pointers.
     *
     * @param command the number of what is asked
     * @param structure its argument, in the layout of x86-64; read, and written back
     * @throws HostFileException what ioctl(2) answered
     */
    void control(int command, byte[] structure) throws HostFileException;
}
