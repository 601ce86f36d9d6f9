package dev.trapgate.emulator.linux.drivers;

import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;

/**
 * What a program asks of a terminal that stays the other machine's: one that is only its input or only its output. It is
 * handed on, but for the group in the foreground, which there is this JVM's and here the program's own.
 */
final class HostTerminalIoctl {

    private static final int TCGETS = 0x5401;
    private static final int TCSETSF = 0x5404;
    private static final int TIOCGPGRP = 0x540f;
    private static final int TIOCSPGRP = 0x5410;
    private static final int TIOCGWINSZ = 0x5413;
    private static final int TIOCSWINSZ = 0x5414;
    private static final int TIOCGSID = 0x5429;
    private static final int TCGETS2 = 0x802c_542a;
    private static final int TCSETSF2 = 0x402c_542d;
    private static final int TCSETS2 = 0x402c_542b;
    private static final int TERMIOS = 36;
    private static final int TERMIOS_2 = 44;
    private static final int WINSIZE = 8;

    private HostTerminalIoctl() {}

    /** {@return −ENOTTY if it is no terminal, or no terminal knows the command} */
    static long call(Task current, HostDescriptor host, int command, long argument) {
        int size = size(command);
        if (size == 0) {
            return ErrorNumbers.ENOTTY;
        }
        byte[] structure = new byte[size];
        boolean isRead = command == TCGETS || command == TCGETS2 || command == TIOCGWINSZ;
        MemorySegment memory = MemorySegment.ofArray(structure);
        try {
            if (command == TIOCGPGRP || command == TIOCSPGRP || command == TIOCGSID) {
                host.control(TCGETS, new byte[TERMIOS]);
                return ofGroup(current, command, argument);
            }
            if (!isRead && current.uaccess().copyFromUser(memory, argument, size) != 0) {
                return ErrorNumbers.EFAULT;
            }
            host.control(command, structure);
        } catch (HostFileException refused) {
            return -refused.errno().number();
        }
        return !isRead || current.uaccess().copyToUser(argument, memory, size) == 0 ? 0 : ErrorNumbers.EFAULT;
    }

    private static long ofGroup(Task current, int command, long argument) {
        if (command == TIOCSPGRP) {
            return 0;
        }
        int id = command == TIOCGPGRP
                ? current.process().jobControl().processGroup()
                : current.process().jobControl().session();
        return current.uaccess().putUser32(argument, id) ? 0 : ErrorNumbers.EFAULT;
    }

    /** {@return the size of a command's argument; 0 for one that is not handed on} */
    private static int size(int command) {
        if ((command >= TCGETS && command <= TCSETSF)) {
            return TERMIOS;
        }
        if (command == TCGETS2 || (command >= TCSETS2 && command <= TCSETSF2)) {
            return TERMIOS_2;
        }
        return switch (command) {
            case TIOCGWINSZ, TIOCSWINSZ -> WINSIZE;
            case TIOCGPGRP, TIOCSPGRP, TIOCGSID -> Integer.BYTES;
            default -> 0;
        };
    }
}
