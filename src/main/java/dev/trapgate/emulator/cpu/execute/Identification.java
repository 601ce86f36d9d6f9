package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Vendor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** CPUID: what there is, and nothing else (SDM vol. 2, CPUID; APM vol. 3, appendix E). */
final class Identification {

    private static final int EXTENDED = 0x8000_0000;
    private static final int FEATURES = EXTENDED + 1;
    private static final int BRAND = EXTENDED + 2;
    private static final int ADDRESS_SIZES = EXTENDED + 8;
    private static final int BRAND_LEAVES = 3;

    /** Family 6, model 15, stepping 1. */
    private static final int SIGNATURE = 0x6f1;

    private static final int FPU = 1;
    private static final int TSC = 1 << 4;
    private static final int MSR = 1 << 5;
    private static final int CX8 = 1 << 8;
    private static final int SEP = 1 << 11;
    private static final int CMOV = 1 << 15;
    private static final int CLFSH = 1 << 19;
    private static final int MMX = 1 << 23;
    private static final int FXSR = 1 << 24;
    private static final int SSE = 1 << 25;
    private static final int SSE2 = 1 << 26;
    private static final int CX16 = 1 << 13;
    private static final int LAHF = 1;
    private static final int SYSCALL = 1 << 11;
    private static final int NX = 1 << 20;
    private static final int LM = 1 << 29;

    /** Leaf 1's edx. */
    static final int FEATURES_EDX = FPU | TSC | MSR | CX8 | SEP | CMOV | CLFSH | MMX | FXSR | SSE | SSE2;

    /** Leaf 1's ebx: a cache line, which CLFLUSH flushes, has eight times eight bytes. */
    private static final int CACHE_LINE = 8 << 8;

    /** 48 bits of linear, 40 of physical addresses. */
    private static final int SIZES = 48 << 8 | 40;

    private static final String NAME = "Trapgate emulated processor";

    private Identification() {}

    static void cpuid(Core core) {
        int leaf = (int) core.registers.get(GeneralRegisters.RAX);
        int[] answer =
                switch (leaf) {
                    case 0 -> vendor(core.cpu.vendor(), 1);
                    case 1 -> new int[] {SIGNATURE, CACHE_LINE, CX16, FEATURES_EDX};
                    case EXTENDED -> vendor(core.cpu.vendor(), ADDRESS_SIZES);
                    case FEATURES -> new int[] {0, 0, LAHF, SYSCALL | NX | LM};
                    case ADDRESS_SIZES -> new int[] {SIZES, 0, 0, 0};
                    default -> leaf >= BRAND && leaf < BRAND + BRAND_LEAVES ? brand(leaf - BRAND) : new int[4];
                };
        core.registers.set32(GeneralRegisters.RAX, answer[0]);
        core.registers.set32(GeneralRegisters.RBX, answer[1]);
        core.registers.set32(GeneralRegisters.RCX, answer[2]);
        core.registers.set32(GeneralRegisters.RDX, answer[3]);
    }

    private static int[] vendor(Vendor vendor, int highest) {
        ByteBuffer text = text(vendor == Vendor.INTEL ? "GenuineIntel" : "AuthenticAMD", 12);
        return new int[] {highest, text.getInt(0), text.getInt(8), text.getInt(4)};
    }

    private static int[] brand(int part) {
        ByteBuffer text = text(NAME, 16 * BRAND_LEAVES);
        int at = 16 * part;
        return new int[] {text.getInt(at), text.getInt(at + 4), text.getInt(at + 8), text.getInt(at + 12)};
    }

    private static ByteBuffer text(String words, int size) {
        byte[] bytes = java.util.Arrays.copyOf(words.getBytes(StandardCharsets.US_ASCII), size);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** RDTSC: a counter of nanoseconds. */
    static void rdtsc(Core core) {
        long now = System.nanoTime();
        core.registers.set32(GeneralRegisters.RAX, now);
        core.registers.set32(GeneralRegisters.RDX, now >>> 32);
    }
}
