package dev.trapgate.emulator.linux.drivers.tty;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** What ioctl(2) asks of terminals: drivers/tty/tty_io.c and tty_ioctl.c, Linux 6.18. */
final class TtyIoctl {

    private static final int TCGETS = 0x5401;
    private static final int TCSETS = 0x5402;
    private static final int TCSETSW = 0x5403;
    private static final int TCSETSF = 0x5404;
    private static final int TCGETA = 0x5405;
    private static final int TCSETA = 0x5406;
    private static final int TCSETAW = 0x5407;
    private static final int TCSETAF = 0x5408;
    private static final int TCSBRK = 0x5409;
    private static final int TCXONC = 0x540a;
    private static final int TCFLSH = 0x540b;
    private static final int TIOCEXCL = 0x540c;
    private static final int TIOCNXCL = 0x540d;
    private static final int TIOCSCTTY = 0x540e;
    private static final int TIOCGPGRP = 0x540f;
    private static final int TIOCSPGRP = 0x5410;
    private static final int TIOCOUTQ = 0x5411;
    private static final int TIOCSTI = 0x5412;
    private static final int TIOCGWINSZ = 0x5413;
    private static final int TIOCSWINSZ = 0x5414;
    private static final int TIOCGSOFTCAR = 0x5419;
    private static final int FIONREAD = 0x541b;
    private static final int TIOCNOTTY = 0x5422;
    private static final int TIOCSETD = 0x5423;
    private static final int TIOCGETD = 0x5424;
    private static final int TCSBRKP = 0x5425;
    private static final int TIOCGSID = 0x5429;
    private static final int TCGETS2 = 0x802c_542a;
    private static final int TCSETS2 = 0x402c_542b;
    private static final int TCSETSW2 = 0x402c_542c;
    private static final int TCSETSF2 = 0x402c_542d;
    private static final int TIOCGDEV = 0x8004_5432;

    private static final int TCOOFF = 0;
    private static final int TCOON = 1;
    private static final int TCIOFF = 2;
    private static final int TCION = 3;
    private static final int TCIFLUSH = 0;
    private static final int TCOFLUSH = 1;
    private static final int TCIOFLUSH = 2;
    /** The only line discipline. */
    private static final int N_TTY = 0;

    private static final int WINSIZE = 8;
    private static final int UNSIGNED_SHORT = 0xffff;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final TtyStruct tty;

    TtyIoctl(TtyStruct tty) {
        this.tty = tty;
    }

    /** {@code tty_ioctl}. {@return −ENOTTY if no terminal knows the command} */
    long call(Task current, int command, long argument) {
        return switch (command) {
            case TCGETS -> getTermios(current, argument, Termios.SIZE);
            case TCGETS2 -> getTermios(current, argument, Termios.SIZE_2);
            case TCGETA -> getTermios(current, argument, Termios.OLD_SIZE);
            case TCSETS, TCSETSW, TCSETSF -> setTermios(current, argument, Termios.SIZE, command == TCSETSF);
            case TCSETS2, TCSETSW2, TCSETSF2 -> setTermios(current, argument, Termios.SIZE_2, command == TCSETSF2);
            case TCSETA, TCSETAW, TCSETAF -> setTermios(current, argument, Termios.OLD_SIZE, command == TCSETAF);
            case TIOCGWINSZ -> getSize(current, argument);
            case TIOCSWINSZ -> setSize(current, argument);
            case TCSBRK, TCSBRKP -> tty.jobs().check(current, Signal.SIGTTOU);
            case TCXONC -> flow(current, argument);
            case TCFLSH -> flush(current, argument);
            case TIOCEXCL, TIOCNXCL -> 0;
            case TIOCOUTQ -> put(current, argument, 0);
            case FIONREAD -> put(current, argument, tty.discipline().available());
            case TIOCGETD -> put(current, argument, N_TTY);
            case TIOCSETD -> setDiscipline(current, argument);
            case TIOCGDEV -> put(current, argument, TtyStruct.DEVICE);
            case TIOCGSOFTCAR ->
                put(current, argument, tty.discipline().termios().control(Termios.CLOCAL) ? 1 : 0);
            // legacy_tiocsti is off.
            case TIOCSTI -> ErrorNumbers.EIO;
            default -> jobControl(current, command, argument);
        };
    }

    private long jobControl(Task current, int command, long argument) {
        TtyJobControl jobs = tty.jobs();
        return switch (command) {
            case TIOCSCTTY -> jobs.take(current);
            case TIOCNOTTY -> jobs.leave(current);
            case TIOCGPGRP -> jobs.controls(current) ? put(current, argument, jobs.foreground()) : ErrorNumbers.ENOTTY;
            case TIOCGSID -> jobs.controls(current) ? put(current, argument, jobs.session()) : ErrorNumbers.ENOTTY;
            case TIOCSPGRP -> {
                long group = current.uaccess().getUser32(argument);
                yield group < 0 ? ErrorNumbers.EFAULT : jobs.setForeground(current, (int) group);
            }
            default -> ErrorNumbers.ENOTTY;
        };
    }

    private static long put(Task current, long to, int value) {
        return current.uaccess().putUser32(to, value) ? 0 : ErrorNumbers.EFAULT;
    }

    private long getTermios(Task current, long to, int size) {
        MemorySegment buffer = current.buffer().asSlice(0, size);
        buffer.fill((byte) 0);
        if (size == Termios.OLD_SIZE) {
            tty.discipline().termios().writeOld(buffer);
        } else {
            tty.discipline().termios().write(buffer);
        }
        return current.copyBufferToUser(to, size);
    }

    /** {@code set_termios}. */
    private long setTermios(Task current, long from, int size, boolean flushes) {
        long refusal = tty.jobs().check(current, Signal.SIGTTOU);
        if (refusal != 0) {
            return refusal;
        }
        MemorySegment buffer = current.buffer().asSlice(0, size);
        if (current.uaccess().copyFromUser(buffer, from, size) != 0) {
            return ErrorNumbers.EFAULT;
        }
        NTty discipline = tty.discipline();
        Termios settings = size == Termios.OLD_SIZE ? discipline.termios().withOld(buffer) : Termios.read(buffer);
        if (flushes) {
            discipline.flushInput();
        }
        discipline.setTermios(settings.onPseudoTerminal());
        return 0;
    }

    private long getSize(Task current, long to) {
        WindowSize size = tty.size();
        MemorySegment buffer = current.buffer();
        buffer.set(SHORT, 0, (short) size.rows());
        buffer.set(SHORT, 2, (short) size.columns());
        buffer.set(SHORT, 4, (short) size.width());
        buffer.set(SHORT, 6, (short) size.height());
        return current.copyBufferToUser(to, WINSIZE);
    }

    private long setSize(Task current, long from) {
        MemorySegment buffer = current.buffer();
        if (current.uaccess().copyFromUser(buffer, from, WINSIZE) != 0) {
            return ErrorNumbers.EFAULT;
        }
        tty.resize(new WindowSize(
                buffer.get(SHORT, 0) & UNSIGNED_SHORT,
                buffer.get(SHORT, 2) & UNSIGNED_SHORT,
                buffer.get(SHORT, 4) & UNSIGNED_SHORT,
                buffer.get(SHORT, 6) & UNSIGNED_SHORT));
        return 0;
    }

    private long flow(Task current, long argument) {
        long refusal = tty.jobs().check(current, Signal.SIGTTOU);
        if (refusal != 0) {
            return refusal;
        }
        switch ((int) argument) {
            case TCOOFF -> tty.discipline().stop();
            case TCOON -> tty.discipline().start();
            // Nobody at the other end heeds the characters that these send.
            case TCIOFF, TCION -> {}
            default -> {
                return ErrorNumbers.EINVAL;
            }
        }
        return 0;
    }

    private long flush(Task current, long argument) {
        long refusal = tty.jobs().check(current, Signal.SIGTTOU);
        if (refusal != 0) {
            return refusal;
        }
        return switch ((int) argument) {
            case TCIFLUSH, TCIOFLUSH -> {
                tty.discipline().flushInput();
                yield 0;
            }
            // What was written has been shown.
            case TCOFLUSH -> 0;
            default -> ErrorNumbers.EINVAL;
        };
    }

    private static long setDiscipline(Task current, long from) {
        long wanted = current.uaccess().getUser32(from);
        if (wanted < 0) {
            return ErrorNumbers.EFAULT;
        }
        return wanted == N_TTY ? 0 : ErrorNumbers.EINVAL;
    }
}
