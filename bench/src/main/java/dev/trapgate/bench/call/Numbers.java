package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;

/** TEMPORARY until Syscall lands. */
public enum Numbers {
    GETPPID(110, 64),
    CLOCK_GETTIME(228, 265),
    GETCPU(309, 318),
    READ(0, 3),
    WRITE(1, 4),
    OPENAT(257, 295),
    CLOSE(3, 6);

    private final int x8664;
    private final int i386;

    Numbers(int x8664, int i386) {
        this.x8664 = x8664;
        this.i386 = i386;
    }

    public int number(Abi abi) {
        return abi == Abi.I386 ? i386 : x8664;
    }
}
