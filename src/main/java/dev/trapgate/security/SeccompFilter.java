package dev.trapgate.security;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.security.FilterAssembler.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A seccomp filter: which calls are made, and what becomes of the others. The first rule that a call fits decides.
 *
 * <pre>{@code
 * SeccompFilter filter = SeccompFilter.of(Abi.X86_64)
 *         .on(SeccompAction.errno(Errno.EACCES), Syscall.SOCKET, ArgumentComparison.isInt(0, 2))
 *         .on(SeccompAction.errno(Errno.EPERM), Syscall.PTRACE, Syscall.BPF)
 *         .otherwise(SeccompAction.SECCOMP_RET_ALLOW);
 * }</pre>
 *
 * <p>Numbers mean nothing without their ABI, so it is asked first: calls by another one, {@code int $0x80} and x32 of a 64-bit
 * program, end the process unless {@link Builder#onOtherAbis} says otherwise.
 *
 * <p>A JVM's threads make calls of their own, futex, mmap, mprotect, madvise, rt_sigreturn and more, and which ones changes with
 * every release: in a JVM, forbid what must not be, rather than everything that is not known.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/seccomp.2.html">seccomp(2)</a>
 */
public final class SeccompFilter {

    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int ARGUMENTS = 16;
    private static final int AUDIT_ARCH_X86_64 = 0xc000_003e;
    private static final int AUDIT_ARCH_I386 = 0x4000_0003;

    private final Abi abi;
    private final List<FilterInstruction> program;

    private SeccompFilter(Abi abi, List<FilterInstruction> program) {
        this.abi = abi;
        this.program = List.copyOf(program);
    }

    /**
     * {@return the beginning of a filter}
     *
     * @param abi of whose calls: {@link Abi#X86_64} for a JVM, or {@link Abi#I386}
     * @throws IllegalArgumentException for other ABIs, which no gate speaks
     */
    public static Builder of(Abi abi) {
        if (abi != Abi.X86_64 && abi != Abi.I386) {
            throw new IllegalArgumentException("a filter is for x86_64 or i386, not for " + abi);
        }
        return new Builder(abi);
    }

    /** A rule: calls, and what their arguments must be. */
    private record Rule(SeccompAction action, Syscall call, List<ArgumentComparison> comparisons) {}

    /** A filter that is being written. */
    public static final class Builder {

        private final Abi abi;
        private final List<Rule> rules = new ArrayList<>();
        private SeccompAction otherAbis = SeccompAction.SECCOMP_RET_KILL_PROCESS;

        private Builder(Abi abi) {
            this.abi = abi;
        }

        /**
         * Says what becomes of calls, whatever their arguments.
         *
         * @param action what becomes of them
         * @param calls the calls
         * @return this
         * @throws IllegalArgumentException if the ABI has no such call
         */
        public Builder on(SeccompAction action, Syscall... calls) {
            for (Syscall call : calls) {
                add(new Rule(action, call, List.of()));
            }
            return this;
        }

        /**
         * Says what becomes of a call with some arguments.
         *
         * @param action what becomes of it
         * @param call the call
         * @param first what its arguments must be
         * @param more what else they must be
         * @return this
         * @throws IllegalArgumentException if the ABI has no such call
         */
        public Builder on(SeccompAction action, Syscall call, ArgumentComparison first, ArgumentComparison... more) {
            return add(new Rule(
                    action,
                    call,
                    Stream.concat(Stream.of(first), Stream.of(more)).toList()));
        }

        private Builder add(Rule rule) {
            if (!rule.call().existsOn(abi)) {
                throw new IllegalArgumentException(abi + " has no " + rule.call());
            }
            rules.add(rule);
            return this;
        }

        /**
         * Says what becomes of calls by other ABIs than the filter's; SECCOMP_RET_KILL_PROCESS if this is never said.
         *
         * @param action what becomes of them
         * @return this
         */
        public Builder onOtherAbis(SeccompAction action) {
            otherAbis = action;
            return this;
        }

        /**
         * Ends the filter.
         *
         * @param action what becomes of calls that no rule fits
         * @return the filter
         * @throws IllegalArgumentException if it has more than the 4096 instructions that the kernel takes
         */
        public SeccompFilter otherwise(SeccompAction action) {
            return new SeccompFilter(abi, new Writer(abi, rules, otherAbis, action).program());
        }
    }

    /** Turns rules into instructions. */
    private static final class Writer {

        private static final Optional<Label> NEXT = Optional.empty();

        private final FilterAssembler assembler = new FilterAssembler();
        private final Map<SeccompAction, Label> returns = new LinkedHashMap<>();

        Writer(Abi abi, List<Rule> rules, SeccompAction otherAbis, SeccompAction otherwise) {
            Optional<Label> foreign = returning(otherAbis);
            load(ARCHITECTURE);
            int architecture = abi == Abi.I386 ? AUDIT_ARCH_I386 : AUDIT_ARCH_X86_64;
            assembler.compare(FilterInstruction.JUMP_EQUAL, architecture, NEXT, foreign);
            load(NUMBER);
            if (abi == Abi.X86_64) {
                assembler.compare(FilterInstruction.JUMP_GREATER_OR_EQUAL, Abi.X32_SYSCALL_BIT, foreign, NEXT);
            }
            rules.forEach(rule -> write(rule, abi));
            assembler.add(FilterInstruction.RETURN, otherwise.number());
            returns.forEach((action, label) -> {
                assembler.place(label);
                assembler.add(FilterInstruction.RETURN, action.number());
            });
        }

        List<FilterInstruction> program() {
            return assembler.assemble();
        }

        private Optional<Label> returning(SeccompAction action) {
            return Optional.of(returns.computeIfAbsent(action, some -> new Label()));
        }

        private void load(int offset) {
            assembler.add(FilterInstruction.LOAD, offset);
        }

        private void write(Rule rule, Abi abi) {
            int number = rule.call().number(abi);
            if (rule.comparisons().isEmpty()) {
                assembler.compare(FilterInstruction.JUMP_EQUAL, number, returning(rule.action()), NEXT);
                return;
            }
            Label end = new Label();
            Label failed = new Label();
            assembler.compare(FilterInstruction.JUMP_EQUAL, number, NEXT, Optional.of(end));
            for (ArgumentComparison comparison : rule.comparisons()) {
                Label passed = new Label();
                write(comparison, Optional.of(passed), Optional.of(failed));
                assembler.place(passed);
            }
            assembler.add(FilterInstruction.RETURN, rule.action().number());
            assembler.place(failed);
            load(NUMBER);
            assembler.place(end);
        }

        private void write(ArgumentComparison comparison, Optional<Label> passed, Optional<Label> failed) {
            switch (comparison.operator()) {
                case EQUAL, MASKED_EQUAL -> {
                    requireHalf(comparison, Half.HIGH, failed);
                    requireHalf(comparison, Half.LOW, failed);
                }
                case NOT_EQUAL -> {
                    compare(comparison, Half.HIGH, FilterInstruction.JUMP_EQUAL, NEXT, passed);
                    compare(comparison, Half.LOW, FilterInstruction.JUMP_EQUAL, failed, NEXT);
                }
                case GREATER -> order(comparison, FilterInstruction.JUMP_GREATER, passed, failed, NEXT);
                case GREATER_OR_EQUAL ->
                    order(comparison, FilterInstruction.JUMP_GREATER_OR_EQUAL, passed, failed, NEXT);
                case LESS -> order(comparison, FilterInstruction.JUMP_GREATER_OR_EQUAL, failed, passed, failed);
                case LESS_OR_EQUAL -> order(comparison, FilterInstruction.JUMP_GREATER, failed, passed, failed);
            }
        }

        /** The word of an argument: little-endian, so the low one comes first. */
        private enum Half {
            LOW,
            HIGH;

            int of(long value) {
                return (int) (this == LOW ? value : value >>> Integer.SIZE);
            }

            int offset(int argument) {
                return ARGUMENTS + argument * Long.BYTES + (this == LOW ? 0 : Integer.BYTES);
            }
        }

        private void requireHalf(ArgumentComparison comparison, Half half, Optional<Label> failed) {
            int mask = half.of(comparison.mask());
            if (mask == 0) {
                return;
            }
            load(half.offset(comparison.argument()));
            if (mask != -1) {
                assembler.add(FilterInstruction.AND, mask);
            }
            assembler.compare(FilterInstruction.JUMP_EQUAL, half.of(comparison.operand()), NEXT, failed);
        }

        private void compare(
                ArgumentComparison comparison, Half half, int code, Optional<Label> ifTrue, Optional<Label> ifFalse) {
            load(half.offset(comparison.argument()));
            assembler.compare(code, half.of(comparison.operand()), ifTrue, ifFalse);
        }

        /**
         * Greater high words decide; equal ones leave it to the low words, which {@code lowCode} compares. What is greater by the
         * low words goes where {@code lowGreater} says, what is not to the other side.
         */
        private void order(
                ArgumentComparison comparison,
                int lowCode,
                Optional<Label> greater,
                Optional<Label> less,
                Optional<Label> lowGreater) {
            int high = Half.HIGH.of(comparison.operand());
            compare(comparison, Half.HIGH, FilterInstruction.JUMP_GREATER, greater, NEXT);
            assembler.compare(FilterInstruction.JUMP_EQUAL, high, NEXT, less);
            Optional<Label> lowOther = lowGreater.isEmpty() ? less : NEXT;
            compare(comparison, Half.LOW, lowCode, lowGreater, lowOther);
        }
    }

    /** {@return of whose calls it decides} */
    public Abi abi() {
        return abi;
    }

    /** {@return the instructions, as the kernel gets them} */
    public List<FilterInstruction> program() {
        return program;
    }

    /** {@return the program, an instruction a line with its number; jumps name their targets by those} */
    @Override
    public String toString() {
        return IntStream.range(0, program.size())
                .mapToObj(index ->
                        String.format("%4d: %s", index, program.get(index).text(index)))
                .collect(Collectors.joining("\n"));
    }
}
