package dev.trapgate.emulator.hardware;

import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.linux.kernel.Signal;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a passage left behind: all that the signal which ended it says. */
final class Outcome {

    private static final int TRAP_PF = 14;
    private static final int KERNEL_VSYSCALL_SIZE = 13;

    private final Map<String, String> parts = new LinkedHashMap<>();
    private final long processId;
    private final long kernelVsyscall;

    /**
     * Begins a description.
     *
     * @param processId the process's id, which differs from run to run and is therefore named
     * @param kernelVsyscall where {@code __kernel_vsyscall} is, likewise; 0 if it is nowhere
     */
    Outcome(long processId, long kernelVsyscall) {
        this.processId = processId;
        this.kernelVsyscall = kernelVsyscall;
    }

    void register(int number, long value) {
        boolean answer = number == GeneralRegisters.RAX && value == processId;
        parts.put(GeneralRegisters.name(number), answer ? "the process id" : address(value));
    }

    void control(long ip, long flags, int cs, int ss) {
        parts.put("ip", address(ip));
        parts.put("flags", Long.toHexString(flags));
        parts.put("cs", Integer.toHexString(cs));
        parts.put("ss", Integer.toHexString(ss));
    }

    void signal(Signal signal, long cr2) {
        parts.put("si_signo", signal.name());
        parts.put("si_code", Integer.toString(signal.code()));
        parts.put("si_addr", address(signal.address()));
        parts.put("trapno", Integer.toString(signal.trap()));
        parts.put("err", Integer.toHexString(signal.error()));
        if (signal.trap() == TRAP_PF) {
            parts.put("cr2", address(cr2));
        }
    }

    void data(byte[] page) {
        for (int at = 0; at < page.length; at += Integer.BYTES) {
            String word = HexFormat.of().formatHex(page, at, at + Integer.BYTES);
            if (!word.equals("00000000")) {
                parts.put("at " + Long.toHexString(Passage.DATA + at), word);
            }
        }
    }

    private String address(long value) {
        long offset = value - kernelVsyscall;
        boolean inside = kernelVsyscall != 0 && offset >= 0 && offset < KERNEL_VSYSCALL_SIZE;
        return inside ? "__kernel_vsyscall+" + offset : Long.toHexString(value);
    }

    /** {@return everything by its name, but what a passage leaves apart} */
    Map<String, String> of(Passage passage) {
        Map<String, String> compared = new LinkedHashMap<>(parts);
        compared.keySet().removeAll(passage.apart());
        return compared;
    }
}
