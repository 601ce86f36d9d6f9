package dev.trapgate.emulator.linux.drivers;

import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Streams of Java as a pipe's descriptor. */
public record StreamDescriptor(InputStream in, OutputStream out) implements HostDescriptor {

    private static final int O_RDWR = 2;

    @Override
    public HostFileStatus status() {
        return new HostFileStatus(this, 1, 0010600, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public String name() {
        return "pipe:[1]";
    }

    @Override
    public int flags() {
        return O_RDWR;
    }

    @Override
    public int read(byte[] into) throws HostFileException {
        try {
            return Math.max(0, in.read(into));
        } catch (IOException broken) {
            throw new HostFileException(Errno.EIO, String.valueOf(broken.getMessage()));
        }
    }

    @Override
    public int available() {
        try {
            return in.available();
        } catch (IOException broken) {
            return 0;
        }
    }

    @Override
    public void write(byte[] from, int length) throws HostFileException {
        try {
            out.write(from, 0, length);
        } catch (IOException broken) {
            throw new HostFileException(Errno.EPIPE, String.valueOf(broken.getMessage()));
        }
    }

    private static HostFileException noFile() {
        return new HostFileException(Errno.ESPIPE, "a pipe has no position");
    }

    @Override
    public int read(byte[] into, long position) throws HostFileException {
        throw noFile();
    }

    @Override
    public void write(byte[] from, int length, long position) throws HostFileException {
        throw noFile();
    }

    @Override
    public long position() throws HostFileException {
        throw noFile();
    }

    @Override
    public void seek(long position) throws HostFileException {
        throw noFile();
    }

    @Override
    public long size() throws HostFileException {
        throw noFile();
    }

    @Override
    public void truncate(long size) throws HostFileException {
        throw noFile();
    }

    @Override
    public void control(int command, byte[] structure) throws HostFileException {
        throw new HostFileException(Errno.ENOTTY, "a pipe is no terminal");
    }
}
