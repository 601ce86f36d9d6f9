package dev.trapgate.bench.call;

import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One row of the report.
 *
 * @param operation what is measured
 * @param caller who makes the call
 * @param gate the way into the kernel; empty where none is entered
 * @param linkage how Java lets the thread out; empty where it is not Java that makes the call
 * @param depth how many frames that are not inlined stand between the loop and the call
 * @param batch how many calls are made in one crossing
 * @param by by which method a library or the JDK makes the call; empty where that goes without saying
 * @param duplicate whether another row measures the same, so that what sets the two apart is noise
 * @param sampled whether single calls are timed as well
 * @param from the least effort with which it is measured
 * @param benchmarks the benchmark class
 * @param method the benchmark method's name
 */
public record Row(
        Operation operation,
        Caller caller,
        Optional<Gate> gate,
        Optional<Linkage> linkage,
        int depth,
        int batch,
        Optional<String> by,
        boolean duplicate,
        boolean sampled,
        Effort from,
        Class<?> benchmarks,
        String method) {

    /** The emulated program is a child of the emulated kernel's init. */
    private static final long EMULATED_PARENT = 1;

    static Row of(Operation operation, Class<?> benchmarks, Method method) {
        Measured measured = method.getAnnotation(Measured.class);
        return new Row(
                operation,
                measured.caller(),
                Arrays.stream(measured.gate()).findFirst(),
                measured.caller().isJava() ? Optional.of(measured.linkage()) : Optional.empty(),
                measured.depth(),
                measured.batch(),
                Optional.of(measured.by()).filter(name -> !name.isEmpty()),
                measured.duplicate(),
                measured.sampled(),
                measured.from().atLeast(operation.from()),
                benchmarks,
                method.getName());
    }

    /** {@return every row there is, in the report's order} */
    public static Stream<Row> all() {
        return Arrays.stream(Operation.values()).flatMap(operation -> operation.rows().stream());
    }

    /** {@return the benchmark's name as JMH knows it; no two rows share one} */
    public String benchmark() {
        return benchmarks.getCanonicalName() + "." + method;
    }

    /**
     * Says what this row is compared with: C through the same gate; C's {@code syscall(2)} for JNR, which calls that;
     * plain FFM at the same depth for a row at depth; C's real {@code syscall} instruction for an emulated gate and for
     * the 32-bit process's {@code __kernel_vsyscall}; the 64-bit program for other programs; the row that it repeats for a duplicate; C through glibc
     * for a row of the JDK's that makes no call. C's own rows are their own baseline, and so is plain FFM at depth.
     *
     * @param other another row, or this
     * @return whether {@code other} is this row's baseline
     */
    public boolean isMeasuredAgainst(Row other) {
        if (other.operation != operation || other.duplicate) {
            return false;
        }
        if (duplicate) {
            return isRepeatOf(other);
        }
        if (caller == Caller.C) {
            return equals(other);
        }
        if (caller == Caller.PROGRAM) {
            return other.caller == Caller.PROGRAM && other.gate.equals(Optional.of(Gate.SYSCALL));
        }
        if (depth > 0) {
            return other.caller == Caller.FFM && other.depth == depth;
        }
        if (makesNoCall()) {
            return other.caller == Caller.C && other.gate.equals(Optional.of(Gate.GLIBC));
        }
        return other.caller == Caller.C && other.gate.equals(gate.map(Row::gateInC));
    }

    /** {@return whether it answers without the call that the operation is, from what is kept} */
    private boolean makesNoCall() {
        return caller == Caller.JDK && gate.isEmpty();
    }

    private boolean isRepeatOf(Row other) {
        return caller == other.caller
                && gate.equals(other.gate)
                && linkage.equals(other.linkage)
                && depth == other.depth
                && batch == other.batch
                && by.equals(other.by);
    }

    /** {@return whether the kernel that is called is an emulated one} */
    public boolean isEmulated() {
        return gate.map(Gate::kind).equals(Optional.of(Gate.Kind.EMULATED));
    }

    /** {@return what the operation's last call answers through this row's gate, if it does what it should} */
    public long answer() {
        if (operation == Operation.CLOSE && !tellsErrno()) {
            return -1;
        }
        if (operation != Operation.GETPPID) {
            return operation.answer();
        }
        if (caller == Caller.I386) {
            return ProcessHandle.current().pid();
        }
        return isEmulated() ? EMULATED_PARENT : operation.answer();
    }

    /** Whether an errno is part of what the caller gets: glibc's functions answer −1, and leave it in a variable. */
    private boolean tellsErrno() {
        return switch (caller) {
            case JAVA, TYPED, FFM_ERRNO, I386, PROGRAM -> true;
            case C -> gate.equals(Optional.of(Gate.SYSCALL)) || gate.equals(Optional.of(Gate.INT80));
            case JDK, FFM, JEXTRACT, JNI, JNA_DIRECT, JNA, JNR_FFI, JNR_POSIX -> false;
        };
    }

    private static Gate gateInC(Gate gate) {
        if (gate.kind() == Gate.Kind.EMULATED) {
            return Gate.SYSCALL;
        }
        return switch (gate) {
            case JNR -> Gate.LIBC_SYSCALL;
            case I386_INT80 -> Gate.INT80;
            case I386_VSYSCALL -> Gate.SYSCALL;
            default -> gate;
        };
    }

    /** {@return the caller, and what is special about how it calls, in a few words} */
    public String callerLabel() {
        StringBuilder label = new StringBuilder(caller.label());
        by.ifPresent(method -> label.append(' ').append(method));
        if (batch > 1) {
            label.append(" batch of ").append(batch);
        }
        if (depth > 0) {
            label.append(" at depth ").append(depth);
        }
        return duplicate ? label.append(" again").toString() : label.toString();
    }

    /** {@return caller, gate and linkage in a few words} */
    public String label() {
        StringBuilder label = new StringBuilder(callerLabel());
        gate.ifPresent(way -> label.append(' ').append(way));
        linkage.filter(way -> way == Linkage.CRITICAL).ifPresent(way -> label.append(" critical"));
        return label.toString();
    }
}
