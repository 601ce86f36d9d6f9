package dev.trapgate.host.stub;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.host.libc.Downcalls;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.EnumMap;
import java.util.Map;

/**
 * Times both endings of the system call stub on this host, six frames deep, in well under a millisecond.
 *
 * <p>The frames are machine code, so that nothing depends on what the JVM's compilers have done yet. The endings take
 * turns and each keeps its fastest batch: interrupts only ever make a batch slower.
 */
final class ReturnEndingCalibration {

    private static final int FRAMES = 6;
    private static final int BATCHES = 12;
    private static final long CALLS_PER_BATCH = 48;

    /** What the longer ending must save to be worth it. */
    private static final double WORTHWHILE = 0.97;

    /** {@code void measure(void *stub, long calls, long number)}. */
    private static final MachineCode MEASURE = MachineCode.of(
                    "53", //             push rbx
                    "55", //             push rbp
                    "41 54", //          push r12
                    "48 89 fb", //       mov rbx, rdi       the stub
                    "48 89 f5", //       mov rbp, rsi       calls left
                    "49 89 d4", //       mov r12, rdx       the call's number
                    "e8 0a 00 00 00", // 1: call 2f
                    "48 ff cd", //       dec rbp
                    "75 f6", //          jnz 1b
                    "41 5c", //          pop r12
                    "5d", //             pop rbp
                    "5b", //             pop rbx
                    "c3") //             ret
            .then(MachineCode.of(
                            "e8 01 00 00 00", // 2: call 3f        a frame that calls the next one
                            "c3") //                ret
                    .repeated(FRAMES - 1)) //    3:
            .then(MachineCode.of(
                    "41 54", //          push r12           the stub's seventh argument
                    "ff d3", //          call rbx
                    "59", //             pop rcx
                    "c3")); //           ret

    private final Map<ReturnEnding, Double> nanosPerCall = new EnumMap<>(ReturnEnding.class);

    private ReturnEndingCalibration() {}

    /**
     * Measures.
     *
     * @param stubs a stub of each ending
     * @return what was measured
     */
    static ReturnEndingCalibration of(Map<ReturnEnding, MemorySegment> stubs) {
        ReturnEndingCalibration calibration = new ReturnEndingCalibration();
        MethodHandle measure = linked(ExecutableMemory.map(MEASURE));
        for (int batch = 0; batch < BATCHES; batch++) {
            stubs.forEach((ending, stub) ->
                    calibration.nanosPerCall.merge(ending, nanosPerCall(measure, stub.address()), Math::min));
        }
        return calibration;
    }

    /** The descriptor is that of the code above. */
    private static MethodHandle linked(MemorySegment measure) {
        return Downcalls.link(measure, FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG));
    }

    private static double nanosPerCall(MethodHandle measure, long stub) {
        long number = Syscall.GETPPID.number(Abi.X86_64);
        try {
            long start = System.nanoTime();
            measure.invokeExact(stub, CALLS_PER_BATCH, number);
            return (double) (System.nanoTime() - start) / CALLS_PER_BATCH;
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing", impossible);
        }
    }

    /** {@return the ending that is faster here; the plain one unless the other saves three percent} */
    ReturnEnding faster() {
        return nanos(ReturnEnding.RETURN_AWARE) < WORTHWHILE * nanos(ReturnEnding.RET)
                ? ReturnEnding.RETURN_AWARE
                : ReturnEnding.RET;
    }

    /**
     * Tells one ending's time.
     *
     * @param ending the ending
     * @return nanoseconds of a getppid(2) through six frames, its fastest batch
     */
    double nanos(ReturnEnding ending) {
        return nanosPerCall.getOrDefault(ending, Double.POSITIVE_INFINITY);
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "calibrated: getppid through %d frames took %.0f ns with ret, %.0f ns with return-aware",
                FRAMES,
                nanos(ReturnEnding.RET),
                nanos(ReturnEnding.RETURN_AWARE));
    }
}
