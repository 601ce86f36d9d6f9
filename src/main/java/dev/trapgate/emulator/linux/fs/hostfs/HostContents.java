package dev.trapgate.emulator.linux.fs.hostfs;

import java.nio.ByteBuffer;

/** The bytes of a file that is open on the machine that the JVM runs on. Several threads may read it. */
public interface HostContents extends AutoCloseable {

    /**
     * Reads.
     *
     * @param position where, in bytes from the file's start
     * @param to where to put it
     * @return how many bytes were read, 0 at the end of the file
     * @throws HostFileException EIO if it cannot be read
     */
    int read(long position, ByteBuffer to) throws HostFileException;

    @Override
    void close();
}
