package dev.trapgate.emulator.hardware;

import dev.trapgate.emulator.cpu.Descriptor.Width;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a handler finds, and what its program finds after it: the registers at the handler's first instruction, the frame,
 * the registers behind the call that the signal came with. Addresses are told by what they point to.
 *
 * @param width of the program
 * @param entry registers by number, 8 bytes each, then cs, ss, ds, es, 4 bytes each, and the flags
 * @param frame the memory from the stack pointer on
 * @param after as {@code entry}
 * @param pid the process's id
 * @param uid the process's user
 * @param body the address of the program's code that raises the signal
 * @param handler the address of the handler
 * @param siginfo whether the handler has SA_SIGINFO
 */
record SignalFrame(
        Width width,
        ByteBuffer entry,
        ByteBuffer frame,
        ByteBuffer after,
        int pid,
        int uid,
        long body,
        long handler,
        boolean siginfo) {

    static final int SELECTORS = 128;
    static final int FLAGS = 144;
    static final int REGISTERS_SIZE = 152;
    static final int FRAME_SIZE = 0x400;

    private static final int RSP = 4;
    private static final String[] NAMES = {
        "ax", "cx", "dx", "bx", "sp", "bp", "si", "di", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"
    };

    static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private boolean isWide() {
        return width == Width.BITS_64;
    }

    private long register(ByteBuffer registers, int number) {
        return isWide() ? registers.getLong(8 * number) : registers.getInt(8 * number) & 0xffff_ffffL;
    }

    /** Everything by its name. */
    Map<String, String> parts(long restorer, long stackStart, long stackEnd) {
        Map<String, String> parts = new LinkedHashMap<>();
        long sp = register(entry, RSP);
        parts.put("sp aligned", Long.toString(isWide() ? sp & 15 : sp + 4 & 15));
        parts.put("sp on its stack", Boolean.toString(sp > stackStart && sp < stackEnd));
        registers(parts, "entry ", entry, sp);
        parts.put("return address", pointer(isWide() ? frame.getLong(0) : frame.getInt(0), restorer));
        if (isWide()) {
            frame64(parts, sp);
        } else if (siginfo) {
            rtFrame32(parts, sp);
        } else {
            parts.put("sig", Integer.toString(frame.getInt(4)));
            context32(parts, 8, sp);
            parts.put("extramask", hex(frame.getInt(720)));
            parts.put("retcode", hex(frame.getLong(724)));
        }
        registers(parts, "after ", after, sp);
        return parts;
    }

    private static String pointer(long value, long restorer) {
        return value == restorer ? "the restorer" : "in the vDSO";
    }

    private void registers(Map<String, String> parts, String when, ByteBuffer registers, long sp) {
        for (int number = 0; number < (isWide() ? 16 : 8); number++) {
            if (number != RSP) {
                parts.put(when + NAMES[number], address(register(registers, number), sp));
            }
        }
        for (int i = 0; i < 4; i++) {
            parts.put(when + new String[] {"cs", "ss", "ds", "es"}[i], hex(registers.getInt(SELECTORS + 4 * i)));
        }
        parts.put(when + "flags", hex(isWide() ? registers.getLong(FLAGS) : registers.getInt(FLAGS) & 0xffff_ffffL));
    }

    private String address(long value, long sp) {
        if (value == pid) {
            return "the process id";
        }
        if (value >= sp && value < sp + size()) {
            return "frame+" + (value - sp);
        }
        return value >= body && value < body + 0x1000 ? "code+" + (value - body) : hex(value);
    }

    private int size() {
        if (isWide()) {
            return 440;
        }
        return siginfo ? 268 : 732;
    }

    private static String hex(long value) {
        return Long.toHexString(value);
    }

    private void frame64(Map<String, String> parts, long sp) {
        // UC_FP_XSTATE: the emulated processor has no XSAVE.
        parts.put("uc_flags", hex(frame.getLong(8) & ~1));
        parts.put("uc_link", hex(frame.getLong(16)));
        parts.put("ss_sp", hex(frame.getLong(24)));
        parts.put("ss_size", hex(frame.getLong(40)));
        String[] names = {
            "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "di", "si", "bp", "bx", "dx", "ax", "cx", "sp", "ip"
        };
        for (int i = 0; i < names.length; i++) {
            parts.put("sc " + names[i], address(frame.getLong(48 + 8 * i), sp));
        }
        parts.put("sc flags", hex(frame.getLong(48 + 136)));
        parts.put("sc cs gs fs ss", hex(frame.getLong(48 + 144)));
        parts.put("sc oldmask", hex(frame.getLong(48 + 168)));
        parts.put("sc fpstate", fpstate(frame.getLong(48 + 184), sp, 64));
        for (int at = 48 + 192; at < 48 + 256; at += 8) {
            parts.put("sc reserved " + at, hex(frame.getLong(at)));
        }
        parts.put("uc_sigmask", hex(frame.getLong(304)));
        if (siginfo) {
            info(parts, 312, 16);
        }
    }

    private static String fpstate(long at, long sp, int alignment) {
        return "above the frame: " + (Long.compareUnsigned(at, sp) > 0) + ", aligned: " + at % alignment;
    }

    private void info(Map<String, String> parts, int at, int union) {
        parts.put("si_signo", Integer.toString(frame.getInt(at)));
        parts.put("si_errno", Integer.toString(frame.getInt(at + 4)));
        parts.put("si_code", Integer.toString(frame.getInt(at + 8)));
        // SIGSYS tells the call's address there, SIGUSR1 who sent it.
        boolean sent = frame.getInt(at + 8) == 0;
        parts.put("si_pid", sent ? Boolean.toString(frame.getInt(at + union) == pid) : hex(frame.getInt(at + union)));
        int next = frame.getInt(at + union + 4);
        parts.put("si_uid", sent ? Boolean.toString(next == uid) : hex(next));
        for (int rest = at + union + 8; rest < at + 128; rest += 4) {
            parts.put("siginfo+" + (rest - at), hex(frame.getInt(rest)));
        }
    }

    private void rtFrame32(Map<String, String> parts, long sp) {
        parts.put("sig", Integer.toString(frame.getInt(4)));
        parts.put("pinfo", address(frame.getInt(8) & 0xffff_ffffL, sp));
        parts.put("puc", address(frame.getInt(12) & 0xffff_ffffL, sp));
        info(parts, 16, 12);
        parts.put("uc_flags", hex(frame.getInt(144) & ~1));
        parts.put("uc_link", hex(frame.getInt(148)));
        parts.put("ss_sp", hex(frame.getInt(152)));
        parts.put("ss_size", hex(frame.getInt(160)));
        context32(parts, 164, sp);
        parts.put("uc_sigmask", hex(frame.getLong(252)));
        parts.put("retcode", hex(frame.getLong(260)));
    }

    private void context32(Map<String, String> parts, int at, long sp) {
        String[] names = {"gs", "fs", "es", "ds", "di", "si", "bp", "sp", "bx", "dx", "cx", "ax"};
        for (int i = 0; i < names.length; i++) {
            parts.put("sc " + names[i], address(frame.getInt(at + 4 * i) & 0xffff_ffffL, sp));
        }
        parts.put("sc ip", address(frame.getInt(at + 56) & 0xffff_ffffL, sp));
        parts.put("sc cs", hex(frame.getInt(at + 60)));
        parts.put("sc flags", hex(frame.getInt(at + 64)));
        parts.put("sc sp_at_signal", hex(frame.getInt(at + 68)));
        parts.put("sc ss", hex(frame.getInt(at + 72)));
        long fregs = frame.getInt(at + 76) & 0xffff_ffffL;
        parts.put("sc fpstate", fpstate(fregs + 112, sp, 64));
        parts.put("sc oldmask", hex(frame.getInt(at + 80)));
    }
}
