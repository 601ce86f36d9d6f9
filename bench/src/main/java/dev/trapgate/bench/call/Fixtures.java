package dev.trapgate.bench.call;

import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What calls are made with: the same memory and the same descriptors for every caller. */
final class Fixtures {

    static final int CLOCK_MONOTONIC = 1;
    static final int AT_FDCWD = -100;
    /** {@code O_RDONLY|O_CLOEXEC} */
    static final int FLAGS = 0x80000;

    /** {@code O_WRONLY|O_CLOEXEC} */
    static final int O_WRONLY_CLOEXEC = 0x80001;

    private static final int PAGE = 4096;
    private static final int ROOM = 65_536;

    /** 64 KiB for data. */
    static final MemorySegment BUFFER = Arena.global().allocate(ROOM, PAGE);

    static final long BUFFER_ADDRESS = BUFFER.address();

    /** A 1 of eight bytes, for an eventfd. */
    static final MemorySegment ONE = Arena.global().allocateFrom(ValueLayout.JAVA_LONG, 1);

    static final long ONE_ADDRESS = ONE.address();

    /** The path that is opened. */
    static final MemorySegment PATH = Arena.global().allocateFrom("/dev/null");

    static final long PATH_ADDRESS = PATH.address();

    /** {@code /dev/zero}, to read from. */
    static final int ZERO = open("/dev/zero", FLAGS);

    /** {@code /dev/null}, to write to. */
    static final int NULL = open("/dev/null", O_WRONLY_CLOEXEC);

    private Fixtures() {}

    /** {@return a descriptor of an emulated program's own} */
    static long open(SyscallEntry gate, String path, int flags) {
        try (UserMemory.Scope scope = gate.memory().open()) {
            UserBuffer name = scope.allocate(path.length() + 1L, 1);
            name.segment().setString(0, path);
            long fd = gate.enter(Syscall.OPENAT.number(gate.abi()), AT_FDCWD, name.address(), flags, 0, 0, 0);
            if (fd < 0) {
                throw new IllegalStateException("cannot open " + path + " through " + gate.gate());
            }
            return fd;
        }
    }

    private static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            int fd = Glibc.openat(AT_FDCWD, arena.allocateFrom(path), flags);
            if (fd < 0) {
                throw new IllegalStateException("cannot open " + path);
            }
            return fd;
        }
    }
}
