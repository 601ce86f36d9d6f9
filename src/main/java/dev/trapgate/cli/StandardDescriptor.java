package dev.trapgate.cli;

import dev.trapgate.Gates;
import dev.trapgate.Linux;
import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.linux.drivers.HostDescriptor;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileStatus;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.SyscallException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A standard stream of this JVM for an emulated program: descriptor 0, 1 or 2.
 *
 * <p>Reading and writing is Java's, which is ready at once; a native gate is opened only for what Java cannot tell: why a write was
 * refused, and a terminal's settings. Where there is no /proc, a stream is a pipe.
 */
final class StandardDescriptor implements HostDescriptor {

    private static final int STANDARD_INPUT = 0;
    private static final int OCTAL = 8;
    private static final int PIPE_PERMISSIONS = 0600;
    private static final int O_RDONLY = 0;
    private static final int O_WRONLY = 1;

    private final int number;
    private final FileInputStream in;
    private final FileOutputStream out;
    private @Nullable Linux kernel;

    private StandardDescriptor(int number, java.io.FileDescriptor descriptor) {
        this.number = number;
        this.in = new FileInputStream(descriptor);
        this.out = new FileOutputStream(descriptor);
    }

    /** {@return the standard input} */
    static StandardDescriptor in() {
        return new StandardDescriptor(STANDARD_INPUT, java.io.FileDescriptor.in);
    }

    /** {@return the standard output} */
    static StandardDescriptor out() {
        return new StandardDescriptor(1, java.io.FileDescriptor.out);
    }

    /** {@return the standard error} */
    static StandardDescriptor err() {
        return new StandardDescriptor(2, java.io.FileDescriptor.err);
    }

    /** {@return its number} */
    int number() {
        return number;
    }

    /**
     * {@return this machine's kernel}
     *
     * @throws GateUnavailableException if no call can be made here
     */
    synchronized Linux kernel() {
        Linux open = kernel;
        if (open == null) {
            // Of all gates the one that is open soonest.
            open = Linux.over(Gates.open(Gate.LIBC_SYSCALL));
            kernel = open;
        }
        return open;
    }

    /** {@return it for typed calls} */
    FileDescriptor borrowed() {
        return FileDescriptor.borrow(kernel().kernel(), number);
    }

    private Path inProc(String directory) {
        return Path.of("/proc/self", directory, Integer.toString(number));
    }

    @Override
    public HostFileStatus status() {
        try {
            return HostDirectory.status(Files.readAttributes(inProc("fd"), "unix:*"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException elsewhere) {
            int mode = Inode.S_IFIFO | PIPE_PERMISSIONS;
            return new HostFileStatus(number, number + 1L, mode, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
    }

    @Override
    public String name() {
        try {
            return HostName.of(Files.readSymbolicLink(inProc("fd")));
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return "pipe:[" + (number + 1) + "]";
        }
    }

    @Override
    public int flags() {
        try {
            return Files.readString(inProc("fdinfo"))
                    .lines()
                    .filter(line -> line.startsWith("flags:"))
                    .map(line ->
                            Integer.parseInt(line.substring("flags:".length()).strip(), OCTAL))
                    .findFirst()
                    .orElse(usualFlags());
        } catch (IOException elsewhere) {
            return usualFlags();
        }
    }

    private int usualFlags() {
        return number == STANDARD_INPUT ? O_RDONLY : O_WRONLY;
    }

    @Override
    public int read(byte[] into) throws HostFileException {
        try {
            return Math.max(0, in.read(into));
        } catch (IOException refused) {
            throw refusal(refused, () -> kernel().io().read(borrowed(), new byte[1]));
        }
    }

    @Override
    public int available() {
        try {
            return in.available();
        } catch (IOException refused) {
            return 0;
        }
    }

    @Override
    public void write(byte[] from, int length) throws HostFileException {
        try {
            out.write(from, 0, length);
        } catch (IOException refused) {
            throw refusal(refused, () -> kernel().io().write(borrowed(), Arrays.copyOf(from, length)));
        }
    }

    /** Finds out what Java does not tell: it is tried again through a gate, which answers the error's number. */
    private static HostFileException refusal(IOException refused, Runnable again) {
        try {
            again.run();
        } catch (SyscallException failure) {
            return refusal(failure);
        } catch (GateUnavailableException elsewhere) {
            // Nobody can tell.
        }
        return new HostFileException(Errno.EIO, String.valueOf(refused.getMessage()));
    }

    private static HostFileException refusal(SyscallException failure) {
        return new HostFileException(failure.errno().orElse(Errno.EIO), failure.getMessage());
    }

    // Regular files.

    /** What is done to a channel. */
    @FunctionalInterface
    private interface Use {
        long of(FileChannel channel) throws IOException;
    }

    private long use(Use use) throws HostFileException {
        try {
            return use.of((flags() & 3) == O_RDONLY ? in.getChannel() : out.getChannel());
        } catch (IOException refused) {
            throw new HostFileException(Errno.EIO, String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public int read(byte[] into, long position) throws HostFileException {
        try {
            return Math.max(0, in.getChannel().read(ByteBuffer.wrap(into), position));
        } catch (IOException refused) {
            throw new HostFileException(Errno.EIO, String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public void write(byte[] from, int length, long position) throws HostFileException {
        try {
            ByteBuffer left = ByteBuffer.wrap(from, 0, length);
            while (left.hasRemaining()) {
                out.getChannel().write(left, position + left.position());
            }
        } catch (IOException refused) {
            throw refusal(refused, () -> kernel().io().pwrite(borrowed(), Arrays.copyOf(from, length), position));
        }
    }

    @Override
    public long position() throws HostFileException {
        return use(FileChannel::position);
    }

    @Override
    public void seek(long position) throws HostFileException {
        use(channel -> channel.position(position).position());
    }

    @Override
    public long size() throws HostFileException {
        return use(FileChannel::size);
    }

    @Override
    public void truncate(long size) throws HostFileException {
        try {
            kernel().file().ftruncate(borrowed(), size);
        } catch (SyscallException failure) {
            throw refusal(failure);
        } catch (GateUnavailableException elsewhere) {
            throw new HostFileException(Errno.EIO, String.valueOf(elsewhere.getMessage()));
        }
    }

    // Terminals.

    @Override
    public void control(int command, byte[] structure) throws HostFileException {
        if ((status().mode() & Inode.S_IFMT) != Inode.S_IFCHR) {
            throw new HostFileException(Errno.ENOTTY, "descriptor " + number + " is no device");
        }
        try {
            kernel().terminal().ioctl(borrowed(), Integer.toUnsignedLong(command), MemorySegment.ofArray(structure));
        } catch (SyscallException failure) {
            throw refusal(failure);
        } catch (GateUnavailableException elsewhere) {
            throw new HostFileException(Errno.ENOTTY, String.valueOf(elsewhere.getMessage()));
        }
    }
}
