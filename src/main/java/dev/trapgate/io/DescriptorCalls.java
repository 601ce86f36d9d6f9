package dev.trapgate.io;

import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.SyscallException;

/**
 * Descriptors themselves: further ones of the same open file, and their flags.
 *
 * @param kernel whose calls
 * @see <a href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2)</a>
 */
public record DescriptorCalls(Kernel kernel) {

    private static final Call FCNTL = Call.of(Syscall.FCNTL, Syscall.FCNTL64);

    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int FD_CLOEXEC = 1;
    private static final int O_NONBLOCK = 0x800;

    /**
     * Makes another descriptor of the same open file, as {@code fcntl(2)} with F_DUPFD_CLOEXEC.
     *
     * @param descriptor the file, owned or borrowed
     * @return a descriptor of one's own, closed when another program is executed
     * @throws SyscallException EMFILE if there are too many
     */
    public FileDescriptor dup(FileDescriptor descriptor) {
        return FileDescriptor.own(kernel, (int) fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
    }

    /**
     * {@return whether the descriptor is closed when another program is executed, {@code FD_CLOEXEC}}
     *
     * @param descriptor the descriptor
     */
    public boolean isCloseOnExec(FileDescriptor descriptor) {
        return (fcntl(descriptor, F_GETFD, 0) & FD_CLOEXEC) != 0;
    }

    /**
     * Has the descriptor closed when another program is executed, {@code FD_CLOEXEC}.
     *
     * @param descriptor the descriptor
     */
    public void closeOnExec(FileDescriptor descriptor) {
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    }

    /**
     * Has the descriptor stay open when another program is executed.
     *
     * @param descriptor the descriptor
     */
    public void keepOnExec(FileDescriptor descriptor) {
        fcntl(descriptor, F_SETFD, 0);
    }

    /**
     * {@return whether calls answer EAGAIN instead of waiting, {@code O_NONBLOCK}}
     *
     * @param descriptor the descriptor
     */
    public boolean isNonblocking(FileDescriptor descriptor) {
        return (fcntl(descriptor, F_GETFL, 0) & O_NONBLOCK) != 0;
    }

    /**
     * Has calls answer EAGAIN instead of waiting, for everyone who has the same open file.
     *
     * @param descriptor the descriptor
     */
    public void nonblocking(FileDescriptor descriptor) {
        fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL, 0) | O_NONBLOCK);
    }

    /**
     * Has calls wait, for everyone who has the same open file.
     *
     * @param descriptor the descriptor
     */
    public void blocking(FileDescriptor descriptor) {
        fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL, 0) & ~O_NONBLOCK);
    }

    /**
     * Any {@code fcntl(2)} whose argument is a number.
     *
     * @param descriptor the file
     * @param command the kernel's number of it
     * @param argument its argument
     * @return the kernel's answer
     */
    public long fcntl(FileDescriptor descriptor, int command, long argument) {
        return kernel.callOn(FCNTL, descriptor, command, argument, 0);
    }
}
