package dev.trapgate.cli;

import dev.trapgate.emulator.linux.drivers.tty.Termios;
import dev.trapgate.emulator.linux.drivers.tty.TtyDriver;
import dev.trapgate.emulator.linux.drivers.tty.TtyStruct;
import dev.trapgate.emulator.linux.drivers.tty.WindowSize;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileStatus;
import dev.trapgate.io.TerminalCalls;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This command's terminal as an emulated program's: each key goes to the emulated line discipline as it is pressed, which does all
 * that a terminal does for its user. Closing gives the terminal back as it was; so does the end of the JVM, however it comes.
 */
final class HostTerminal implements TtyDriver, AutoCloseable {

    private static final int TCGETS = 0x5401;
    private static final int TIOCGPGRP = 0x540f;
    /** How often its size is looked at: nothing tells Java of SIGWINCH. */
    private static final int SIZE_INTERVAL_MILLIS = 100;

    private static final int KEYS = 1024;

    private final StandardDescriptor in;
    private final StandardDescriptor out;
    private final FileDescriptor descriptor;
    private final TerminalCalls calls;
    private final dev.trapgate.io.Termios before;
    private final byte[] settings;
    private final Thread hook = new Thread(this::restore, "terminal");
    private @Nullable TerminalKeeper keeper;
    private boolean isRaw;

    private HostTerminal(StandardDescriptor in, StandardDescriptor out, byte[] settings) {
        this.in = in;
        this.out = out;
        this.settings = settings;
        this.descriptor = in.borrowed();
        this.calls = in.kernel().terminal();
        this.before = calls.termios(descriptor);
    }

    /**
     * {@return the terminal that is both input and output, if there is one and this command is in its foreground}
     *
     * @param in the standard input
     * @param out the standard output
     */
    static Optional<HostTerminal> of(StandardDescriptor in, StandardDescriptor out) {
        HostFileStatus input = in.status();
        HostFileStatus output = out.status();
        boolean same = input.major() == output.major() && input.minor() == output.minor();
        if (!isDevice(input) || !isDevice(output) || !same) {
            return Optional.empty();
        }
        try {
            byte[] settings = new byte[Termios.SIZE];
            in.control(TCGETS, settings);
            return isInForeground(in) ? Optional.of(new HostTerminal(in, out, settings)) : Optional.empty();
        } catch (HostFileException | SyscallException none) {
            return Optional.empty();
        }
    }

    private static boolean isDevice(HostFileStatus status) {
        return (status.mode() & Inode.S_IFMT) == Inode.S_IFCHR;
    }

    private static boolean isInForeground(StandardDescriptor in) throws HostFileException {
        byte[] group = new byte[Integer.BYTES];
        in.control(TIOCGPGRP, group);
        int foreground = MemorySegment.ofArray(group).get(ValueLayout.JAVA_INT_UNALIGNED, 0);
        return foreground == in.kernel().process().getpgid(Pid.SELF).value();
    }

    /** {@return its settings as they were} */
    Termios settings() {
        return Termios.read(MemorySegment.ofArray(settings));
    }

    /** {@return its size now} */
    WindowSize size() {
        dev.trapgate.io.WindowSize size = calls.windowSize(descriptor);
        return new WindowSize(size.rows(), size.columns(), size.width(), size.height());
    }

    /** Gives its keys and its sizes to an emulated terminal from now on. */
    void feed(TtyStruct tty) {
        Runtime.getRuntime().addShutdownHook(hook);
        makeRaw();
        Thread.ofPlatform().daemon().name("keys").start(() -> readKeys(tty));
        Thread.ofPlatform().daemon().name("terminal size").start(() -> watchSize(tty));
    }

    private synchronized void makeRaw() {
        keeper = TerminalKeeper.start(settings).orElse(null);
        calls.termios(descriptor, before.raw());
        isRaw = true;
    }

    private synchronized void restore() {
        if (!isRaw) {
            return;
        }
        isRaw = false;
        try {
            calls.termios(descriptor, before);
        } catch (SyscallException gone) {
            // A terminal that is gone needs nothing.
        }
        if (keeper != null) {
            keeper.dismiss();
        }
    }

    private void readKeys(TtyStruct tty) {
        byte[] keys = new byte[KEYS];
        try {
            int count = in.read(keys);
            while (count > 0) {
                give(tty, keys, count);
                count = in.read(keys);
            }
        } catch (HostFileException gone) {
            // It has hung up.
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
        tty.hangUp();
    }

    private static void give(TtyStruct tty, byte[] keys, int count) throws InterruptedException {
        int done = tty.receive(keys, 0, count);
        while (done < count) {
            tty.awaitRoom();
            done += tty.receive(keys, done, count - done);
        }
    }

    private void watchSize(TtyStruct tty) {
        try {
            WindowSize known = tty.size();
            while (true) {
                Thread.sleep(SIZE_INTERVAL_MILLIS);
                WindowSize now = size();
                // A program that sets another size keeps it until the user changes this one.
                if (!now.equals(known)) {
                    known = now;
                    tty.resize(now);
                }
            }
        } catch (SyscallException gone) {
            tty.hangUp();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        byte[] shown = new byte[length];
        System.arraycopy(bytes, offset, shown, 0, length);
        try {
            out.write(shown, length);
        } catch (HostFileException gone) {
            // Whoever reads its keys hears that it has hung up.
        }
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook is at work.
        }
    }
}
