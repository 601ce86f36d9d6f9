package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes an emulated program what a native play begins as: descriptors 0 to 2 lead to /dev/null, SIGPIPE and SIGXFSZ are
 * ignored (the JVM does so), it may have as many descriptors as there, and is as nice as the runner. A kernel without the calls for it stays as it is.
 */
final class ProgramStart {

    private static final long AT_FDCWD = -100;
    private static final long O_RDWR = 2;
    private static final int STANDARD = 3;
    private static final int SIGPIPE = 13;
    private static final int SIGXFSZ = 25;
    private static final byte SIG_IGN = 1;
    private static final int SIGNAL_SET = 8;
    private static final int RLIMIT_NOFILE = 7;
    private static final int PRIO_PROCESS = 0;

    private final SyscallEntry entry;
    private final UserBuffer memory;

    /**
     * Prepares to prepare.
     *
     * @param entry a gate into the program's kernel
     * @param pages where memory for its calls comes from
     */
    ProgramStart(SyscallEntry entry, Blocks pages) {
        this.entry = entry;
        this.memory = pages.take(1);
    }

    /** Prepares the program. */
    void run() {
        memory.segment().setString(0, "/dev/null");
        long opened = call(Syscall.OPENAT, AT_FDCWD, memory.address(), O_RDWR, 0);
        for (int descriptor = 0; descriptor < STANDARD && opened >= STANDARD; descriptor++) {
            call(Syscall.DUP2, opened, descriptor);
        }
        if (opened >= 0) {
            call(Syscall.CLOSE, opened);
        }
        memory.segment().fill((byte) 0);
        memory.segment().set(ValueLayout.JAVA_BYTE, 0, SIG_IGN);
        call(Syscall.RT_SIGACTION, SIGPIPE, memory.address(), 0, SIGNAL_SET);
        call(Syscall.RT_SIGACTION, SIGXFSZ, memory.address(), 0, SIGNAL_SET);
        memory.segment().set(LONG, 0, Sandbox.SOFT_DESCRIPTORS);
        memory.segment().set(LONG, Long.BYTES, Sandbox.HARD_DESCRIPTORS);
        call(Syscall.PRLIMIT64, 0, RLIMIT_NOFILE, memory.address(), 0);
        call(Syscall.SETPRIORITY, PRIO_PROCESS, 0, HostNice.VALUE);
        memory.segment().fill((byte) 0);
    }

    /** The nice value of this process, which its children have too. */
    private static final class HostNice {

        private static final int VALUE = read();

        /** The 19th field of stat; the second, which may hold blanks, ends with the last parenthesis. */
        private static int read() {
            try {
                String stat = Files.readString(Path.of("/proc/self/stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                return Integer.parseInt(fields[16]);
            } catch (IOException notLinux) {
                return 0;
            }
        }
    }

    private long call(Syscall call, long... a) {
        Abi abi = entry.abi();
        long[] all = java.util.Arrays.copyOf(a, Player.REGISTERS);
        return entry.enter(call.number(abi), all[0], all[1], all[2], all[3], all[4], all[5]);
    }

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
}
