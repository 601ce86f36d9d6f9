package dev.trapgate.host.stub;

import static java.util.stream.Collectors.toMap;

import dev.trapgate.abi.Syscall;
import dev.trapgate.host.glibc.LibcSyscall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Which ending the system call stub has on this host, and why.
 *
 * @param ending the ending
 * @param why what decided, for a person
 * @param stub the code with that ending
 */
record ReturnEndingChoice(ReturnEnding ending, String why, MemorySegment stub) {

    /** Set to {@code ret} or {@code return-aware}, it decides instead of the calibration. */
    static final String PROPERTY = "dev.trapgate.syscall.ending";

    /** arch_prctl(2) code of arch/x86/include/uapi/asm/prctl.h; the answer's lowest bit is a user shadow stack. */
    private static final long ARCH_SHSTK_STATUS = 0x5005;

    private static final long ARCH_SHSTK_SHSTK = 1;

    /**
     * Decides for this process.
     *
     * @param codeBefore the stub's code up to its ending
     * @return the choice
     * @throws ExecutableMemoryRefusedException if this process may not have machine code of its own
     * @throws IllegalArgumentException if the system property names no ending
     */
    static ReturnEndingChoice make(MachineCode codeBefore) {
        Map<ReturnEnding, MemorySegment> stubs = Arrays.stream(ReturnEnding.values())
                .collect(toMap(
                        Function.identity(),
                        ending -> ExecutableMemory.map(codeBefore.then(ending.code())),
                        (first, second) -> first,
                        () -> new EnumMap<>(ReturnEnding.class)));
        if (hasUserShadowStack()) {
            return choice(ReturnEnding.RET, "this process has a user shadow stack", stubs);
        }
        String forced = System.getProperty(PROPERTY);
        if (forced != null) {
            return choice(forcedEnding(forced), "forced by -D" + PROPERTY, stubs);
        }
        ReturnEndingCalibration calibration = ReturnEndingCalibration.of(stubs);
        return choice(calibration.faster(), calibration.toString(), stubs);
    }

    private static ReturnEnding forcedEnding(String name) {
        return ReturnEnding.named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "-D" + PROPERTY + "=" + name + " names no ending; it takes " + ReturnEnding.names()));
    }

    private static ReturnEndingChoice choice(ReturnEnding ending, String why, Map<ReturnEnding, MemorySegment> stubs) {
        MemorySegment stub = stubs.getOrDefault(ending, MemorySegment.NULL);
        return new ReturnEndingChoice(ending, why, stub);
    }

    private static boolean hasUserShadowStack() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment features = arena.allocate(ValueLayout.JAVA_LONG);
            long answer = LibcSyscall.call(Syscall.ARCH_PRCTL, ARCH_SHSTK_STATUS, features.address());
            return answer == 0 && (features.get(ValueLayout.JAVA_LONG, 0) & ARCH_SHSTK_SHSTK) != 0;
        }
    }
}
