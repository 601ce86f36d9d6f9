package dev.trapgate.emulator;

import dev.trapgate.emulator.cpu.PageFrames;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;

/** The page of the emulated program that holds its gates' instructions. */
final class UserStubs {

    private static final int SPACING = 16;

    private final Map<UserInstruction, Long> addresses = new EnumMap<>(UserInstruction.class);
    private final PageFrames page = new PageFrames(1);

    UserStubs(long base) {
        long offset = 0;
        for (UserInstruction instruction : UserInstruction.values()) {
            byte[] code = instruction.code();
            MemorySegment.copy(MemorySegment.ofArray(code), 0, page.bytes(), offset, code.length);
            addresses.put(instruction, base + offset);
            offset += SPACING;
        }
    }

    /** {@return the page's contents} */
    PageFrames page() {
        return page;
    }

    /** {@return where an instruction is} */
    long address(UserInstruction instruction) {
        return addresses.getOrDefault(instruction, 0L);
    }
}
