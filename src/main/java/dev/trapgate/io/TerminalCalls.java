package dev.trapgate.io;

import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.MemorySegment;

/**
 * Terminals, pseudoterminals, and {@code ioctl(2)} of any device.
 *
 * @param kernel whose calls
 * @see <a href="https://man7.org/linux/man-pages/man2/ioctl_tty.2.html">ioctl_tty(2)</a>
 */
public record TerminalCalls(Kernel kernel) {

    private static final Call IOCTL = Call.of(Syscall.IOCTL);
    private static final Call OPENAT = Call.of(Syscall.OPENAT);

    private static final long TCGETS = 0x5401;
    private static final long TCSETS = 0x5402;
    private static final long TIOCGWINSZ = 0x5413;
    private static final long TIOCSWINSZ = 0x5414;
    private static final long TIOCGPTN = 0x8004_5430L;
    private static final long TIOCSPTLCK = 0x4004_5431L;
    private static final long TIOCGPTPEER = 0x5441;
    private static final long WINSIZE = 8;
    private static final int UNSIGNED_SHORT = 0xffff;
    private static final int AT_FDCWD = -100;
    private static final int O_RDWR = 2;
    private static final int O_NOCTTY = 0x100;
    private static final int O_CLOEXEC = 0x8_0000;

    /**
     * Opens a pseudoterminal's master, as {@code posix_openpt(3)}, {@code grantpt(3)} and {@code unlockpt(3)} together. What is
     * written to it, the terminal's program reads; what that writes, is read from it. It does not become this process's
     * controlling terminal.
     *
     * @return the master, to be closed, which hangs the terminal up
     * @throws SyscallException ENOENT without /dev/ptmx; ENOSPC if there are too many (/proc/sys/kernel/pty/max)
     * @see <a href="https://man7.org/linux/man-pages/man7/pty.7.html">pty(7)</a>
     */
    public FileDescriptor openpt() {
        try (Scratch scratch = kernel.scratch()) {
            int flags = O_RDWR | O_NOCTTY | O_CLOEXEC;
            long number = kernel.call(OPENAT, AT_FDCWD, scratch.string("/dev/ptmx"), flags, 0);
            FileDescriptor master = FileDescriptor.own(kernel, (int) number);
            try {
                lock(master, 0);
                return master;
            } catch (SyscallException failure) {
                master.close();
                throw failure;
            }
        }
    }

    private void lock(FileDescriptor master, int locked) {
        MemorySegment lock = MemorySegment.ofArray(new byte[Integer.BYTES]);
        lock.set(Layouts.INT, 0, locked);
        ioctl(master, TIOCSPTLCK, lock);
    }

    /**
     * {@return the number of a pseudoterminal, by TIOCGPTN: {@code /dev/pts/} and this number is the terminal's path}
     *
     * @param master its master
     * @throws SyscallException ENOTTY if it is none
     */
    public int ptsNumber(FileDescriptor master) {
        MemorySegment number = MemorySegment.ofArray(new byte[Integer.BYTES]);
        ioctl(master, TIOCGPTN, number);
        return number.get(Layouts.INT, 0);
    }

    /**
     * Opens the terminal of a master, by TIOCGPTPEER: right even where another {@code /dev/pts} is mounted. It does not become
     * this process's controlling terminal.
     *
     * @param master the master
     * @return the terminal, to be closed
     * @throws SyscallException ENOTTY if it is no master; EINVAL before Linux 4.13
     */
    public FileDescriptor openPeer(FileDescriptor master) {
        return FileDescriptor.own(kernel, (int) ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
    }

    /**
     * Any {@code ioctl(2)} whose argument is a number.
     *
     * @param descriptor the device
     * @param request the kernel's number of it
     * @param argument its argument
     * @return the kernel's answer
     */
    public long ioctl(FileDescriptor descriptor, long request, long argument) {
        return kernel.callOn(IOCTL, descriptor, request, argument, 0);
    }

    /**
     * Any {@code ioctl(2)} whose argument is a structure without pointers.
     *
     * @param descriptor the device
     * @param request the kernel's number of it
     * @param argument the structure, in the gate's ABI; read, and written back
     * @return the kernel's answer
     */
    public long ioctl(FileDescriptor descriptor, long request, MemorySegment argument) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.copy(argument, Long.BYTES);
            long answer = kernel.callOn(IOCTL, descriptor, request, address, 0);
            if (!argument.isReadOnly()) {
                argument.copyFrom(scratch.at(address, argument.byteSize()));
            }
            return answer;
        }
    }

    /**
     * {@return a terminal's size, by TIOCGWINSZ}
     *
     * @param terminal the terminal
     * @throws SyscallException ENOTTY if it is no terminal
     */
    public WindowSize windowSize(FileDescriptor terminal) {
        MemorySegment winsize = MemorySegment.ofArray(new byte[(int) WINSIZE]);
        ioctl(terminal, TIOCGWINSZ, winsize);
        return new WindowSize(
                winsize.get(Layouts.SHORT, 0) & UNSIGNED_SHORT,
                winsize.get(Layouts.SHORT, 2) & UNSIGNED_SHORT,
                winsize.get(Layouts.SHORT, 4) & UNSIGNED_SHORT,
                winsize.get(Layouts.SHORT, 6) & UNSIGNED_SHORT);
    }

    /**
     * Changes a terminal's size, by TIOCSWINSZ; its foreground processes get SIGWINCH.
     *
     * @param terminal the terminal
     * @param size the new size
     */
    public void windowSize(FileDescriptor terminal, WindowSize size) {
        MemorySegment winsize = MemorySegment.ofArray(new byte[(int) WINSIZE]);
        winsize.set(Layouts.SHORT, 0, (short) size.rows());
        winsize.set(Layouts.SHORT, 2, (short) size.columns());
        winsize.set(Layouts.SHORT, 4, (short) size.width());
        winsize.set(Layouts.SHORT, 6, (short) size.height());
        ioctl(terminal, TIOCSWINSZ, winsize);
    }

    /**
     * {@return a terminal's settings, by TCGETS}
     *
     * @param terminal the terminal
     * @throws SyscallException ENOTTY if it is no terminal
     */
    public Termios termios(FileDescriptor terminal) {
        MemorySegment termios = MemorySegment.ofArray(new byte[(int) Termios.SIZE]);
        ioctl(terminal, TCGETS, termios);
        return Termios.read(termios);
    }

    /**
     * Changes a terminal's settings at once, by TCSETS.
     *
     * @param terminal the terminal
     * @param settings the new settings
     */
    public void termios(FileDescriptor terminal, Termios settings) {
        MemorySegment termios = MemorySegment.ofArray(new byte[(int) Termios.SIZE]);
        settings.write(termios);
        ioctl(terminal, TCSETS, termios);
    }
}
