package dev.trapgate.differential.lockstep;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.Flags;
import java.util.ArrayList;
import java.util.List;

/**
 * The registers of a thread of integer code, in the order of {@code struct user_regs_struct} (arch/x86/include/asm/user_64.h,
 * Linux 6.18), which a tracer of 64 bits gets of 32-bit programs too.
 */
final class Registers {

    static final int COUNT = 27;
    static final int SIZE = COUNT * Long.BYTES;

    static final int RBX = 5;
    static final int RAX = 10;
    static final int RDI = 14;
    static final int ORIG_RAX = 15;
    static final int RIP = 16;
    static final int CS = 17;
    static final int EFLAGS = 18;
    static final int RSP = 19;
    static final int SS = 20;
    static final int FS_BASE = 21;
    static final int GS_BASE = 22;
    static final int DS = 23;
    static final int ES = 24;
    static final int FS = 25;
    static final int GS = 26;

    /** The number that a processor gives each general register, by its place here; -1 for the other registers. */
    private static final int[] ENCODING = {15, 14, 13, 12, 5, 3, 11, 10, 9, 8, 0, 1, 2, 6, 7, -1, -1, -1, -1, 4};

    private static final String[] NAMES = {
        "r15",
        "r14",
        "r13",
        "r12",
        "rbp",
        "rbx",
        "r11",
        "r10",
        "r9",
        "r8",
        "rax",
        "rcx",
        "rdx",
        "rsi",
        "rdi",
        "orig_rax",
        "rip",
        "cs",
        "eflags",
        "rsp",
        "ss",
        "fs_base",
        "gs_base",
        "ds",
        "es",
        "fs",
        "gs"
    };

    private static final long LOW_32 = 0xffff_ffffL;

    /** Linux's code segment of 64-bit programs: __USER_CS. */
    private static final int USER_CS = 0x33;

    /** What a debugger shows first. */
    private static final int[] SHOWN = {10, 5, 11, 12, 13, 14, 4, 19, 9, 8, 7, 6, 3, 2, 1, 0, 16, 18};

    /** User code's own flags, which are compared: not IF and IOPL, which it cannot change, nor TF and RF, by which it is traced. */
    private static final long COMPARED_FLAGS =
            Flags.CF | Flags.PF | Flags.AF | Flags.ZF | Flags.SF | Flags.DF | Flags.OF | Flags.NT | Flags.AC | Flags.ID;

    private final long[] values;

    private Registers(long[] values) {
        this.values = values;
    }

    /** {@return registers as the running code can see them: 32-bit code sees the lower half} */
    static Registers of(long[] values) {
        Registers all = new Registers(values.clone());
        if (!all.is64Bit()) {
            for (int place = 0; place < COUNT; place++) {
                all.values[place] &= place == ORIG_RAX ? -1 : LOW_32;
            }
        }
        return all;
    }

    /** {@return the number of the general register at a place; -1 if another register is there} */
    static int encoding(int place) {
        return place < ENCODING.length ? ENCODING[place] : -1;
    }

    long get(int place) {
        return values[place];
    }

    Registers with(int place, long value) {
        Registers changed = new Registers(values.clone());
        changed.values[place] = value;
        return changed;
    }

    /** {@return whether it is 64-bit code that runs} */
    boolean is64Bit() {
        return values[CS] == USER_CS;
    }

    /** {@return the convention of the system calls that such code makes} */
    Abi abi() {
        return is64Bit() ? Abi.X86_64 : Abi.I386;
    }

    /** {@return the flags that differ, of those that are compared} */
    long differentFlags(Registers other) {
        return (values[EFLAGS] ^ other.values[EFLAGS]) & COMPARED_FLAGS;
    }

    /** {@return whether all but the flags is equal; orig_rax is the kernel's} */
    boolean equalsButFlags(Registers other) {
        for (int place = 0; place < COUNT; place++) {
            if (place != EFLAGS && place != ORIG_RAX && values[place] != other.values[place]) {
                return false;
            }
        }
        return true;
    }

    /** {@return a table of the registers before an instruction and after it on both sides, with a mark where these differ} */
    static List<String> table(Registers before, Registers real, Registers emulated) {
        List<String> lines = new ArrayList<>();
        lines.add(row("register", "before", "real processor", "interpreter", ""));
        for (int place : SHOWN) {
            lines.add(row(before, real, emulated, place));
        }
        for (int place = 0; place < COUNT; place++) {
            if (isOther(place) && real.values[place] != emulated.values[place]) {
                lines.add(row(before, real, emulated, place));
            }
        }
        return lines;
    }

    private static boolean isOther(int place) {
        for (int shown : SHOWN) {
            if (shown == place) {
                return false;
            }
        }
        return place != ORIG_RAX;
    }

    private static String row(Registers before, Registers real, Registers emulated, int place) {
        boolean equal =
                place == EFLAGS ? real.differentFlags(emulated) == 0 : real.values[place] == emulated.values[place];
        return row(
                NAMES[place],
                hex(before.values[place]),
                hex(real.values[place]),
                hex(emulated.values[place]),
                equal ? "" : "  differs");
    }

    private static String row(String name, String before, String real, String emulated, String mark) {
        return String.format("%-8s  %18s  %18s  %18s%s", name, before, real, emulated, mark);
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
