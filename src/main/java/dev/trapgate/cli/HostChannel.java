package dev.trapgate.cli;

import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.linux.fs.hostfs.HostContents;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;

/** A file of this machine that an emulated program has open. */
final class HostChannel implements HostContents {

    private final FileChannel channel;
    private final Consumer<HostChannel> closed;

    /** Takes over a channel. {@code closed} is told once it has been closed. */
    HostChannel(FileChannel channel, Consumer<HostChannel> closed) {
        this.channel = channel;
        this.closed = closed;
    }

    @Override
    public int read(long position, ByteBuffer to) throws HostFileException {
        try {
            return Math.max(channel.read(to, position), 0);
        } catch (IOException failed) {
            throw new HostFileException(Errno.EIO, String.valueOf(failed.getMessage()));
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            closed.accept(this);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
