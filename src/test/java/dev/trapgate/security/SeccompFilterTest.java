package dev.trapgate.security;

import static dev.trapgate.security.ArgumentComparison.is;
import static dev.trapgate.security.SeccompAction.SECCOMP_RET_ALLOW;
import static dev.trapgate.security.SeccompAction.SECCOMP_RET_KILL_PROCESS;
import static dev.trapgate.security.SeccompAction.SECCOMP_RET_KILL_THREAD;
import static dev.trapgate.security.SeccompAction.SECCOMP_RET_LOG;
import static dev.trapgate.security.SeccompAction.SECCOMP_RET_TRAP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Constants;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.security.ArgumentComparison.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs, run here by an interpreter of the few instructions that they have; SeccompCallsTest has the kernel run them. */
class SeccompFilterTest {

    private static final int X86_64 = 0xc000_003e;
    private static final int I386 = 0x4000_0003;

    /** What a filter returns for a call. */
    private static SeccompAction answer(SeccompFilter filter, int architecture, int number, long... arguments) {
        int[] data = new int[16];
        data[0] = number;
        data[1] = architecture;
        for (int index = 0; index < arguments.length; index++) {
            data[4 + 2 * index] = (int) arguments[index];
            data[5 + 2 * index] = (int) (arguments[index] >>> 32);
        }
        return new SeccompAction(run(filter.program(), data));
    }

    private static int run(List<FilterInstruction> program, int[] data) {
        int accumulator = 0;
        int at = 0;
        while (true) {
            FilterInstruction instruction = program.get(at);
            at++;
            int operand = instruction.operand();
            int compared = Integer.compareUnsigned(accumulator, operand);
            switch (instruction.code()) {
                case FilterInstruction.LOAD -> accumulator = data[operand / 4];
                case FilterInstruction.AND -> accumulator &= operand;
                case FilterInstruction.JUMP -> at += operand;
                case FilterInstruction.JUMP_EQUAL -> at += target(instruction, compared == 0);
                case FilterInstruction.JUMP_GREATER -> at += target(instruction, compared > 0);
                case FilterInstruction.JUMP_GREATER_OR_EQUAL -> at += target(instruction, compared >= 0);
                case FilterInstruction.RETURN -> {
                    return operand;
                }
                default -> throw new AssertionError(instruction);
            }
        }
    }

    private static int target(FilterInstruction instruction, boolean isTrue) {
        int target = isTrue ? instruction.ifTrue() : instruction.ifFalse();
        assertThat(target).isBetween(0, 255);
        return target;
    }

    private static int number(Syscall call) {
        return call.number(Abi.X86_64);
    }

    @Test
    void theFirstRuleThatFitsDecides() {
        SeccompFilter filter = SeccompFilter.of(Abi.X86_64)
                .on(SECCOMP_RET_ALLOW, Syscall.READ, is(0, 0))
                .on(SeccompAction.errno(Errno.EACCES), Syscall.READ, Syscall.WRITE)
                .on(SECCOMP_RET_TRAP, Syscall.WRITE)
                .otherwise(SECCOMP_RET_LOG);

        assertThat(answer(filter, X86_64, number(Syscall.READ), 0)).isEqualTo(SECCOMP_RET_ALLOW);
        assertThat(answer(filter, X86_64, number(Syscall.READ), 1)).isEqualTo(SeccompAction.errno(Errno.EACCES));
        assertThat(answer(filter, X86_64, number(Syscall.WRITE))).isEqualTo(SeccompAction.errno(Errno.EACCES));
        assertThat(answer(filter, X86_64, number(Syscall.OPEN))).isEqualTo(SECCOMP_RET_LOG);
    }

    @Test
    void callsOfOtherAbisEndTheProcessUnlessSaidOtherwise() {
        SeccompFilter strict = SeccompFilter.of(Abi.X86_64).otherwise(SECCOMP_RET_ALLOW);
        SeccompFilter lenient = SeccompFilter.of(Abi.I386)
                .onOtherAbis(SeccompAction.errno(Errno.ENOSYS))
                .otherwise(SECCOMP_RET_ALLOW);

        assertThat(answer(strict, I386, 0)).isEqualTo(SECCOMP_RET_KILL_PROCESS);
        assertThat(answer(strict, X86_64, Abi.X32_SYSCALL_BIT | 1)).as("x32").isEqualTo(SECCOMP_RET_KILL_PROCESS);
        assertThat(answer(strict, X86_64, 1)).isEqualTo(SECCOMP_RET_ALLOW);
        assertThat(answer(lenient, X86_64, 1)).isEqualTo(SeccompAction.errno(Errno.ENOSYS));
        assertThat(answer(lenient, I386, 1)).isEqualTo(SECCOMP_RET_ALLOW);
        assertThatThrownBy(() -> SeccompFilter.of(Abi.AARCH64)).isInstanceOf(IllegalArgumentException.class);
    }

    private static LongPredicate meaning(Operator operator, long operand, long mask) {
        return value -> {
            int compared = Long.compareUnsigned(value, operand);
            return switch (operator) {
                case EQUAL -> compared == 0;
                case NOT_EQUAL -> compared != 0;
                case LESS -> compared < 0;
                case LESS_OR_EQUAL -> compared <= 0;
                case GREATER -> compared > 0;
                case GREATER_OR_EQUAL -> compared >= 0;
                case MASKED_EQUAL -> (value & mask) == operand;
            };
        };
    }

    @ParameterizedTest
    @EnumSource
    void argumentsAreComparedInAllTheir64Bits(Operator operator) {
        long[] words = {0, 1, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL};
        long[] values = Arrays.stream(words)
                .flatMap(high -> LongStream.of(words).map(low -> high << 32 | low))
                .toArray();
        long mask = operator == Operator.MASKED_EQUAL ? 0x8000_0001_8000_0001L : -1;
        for (long operand : values) {
            SeccompFilter filter = SeccompFilter.of(Abi.X86_64)
                    .on(SECCOMP_RET_TRAP, Syscall.READ, new ArgumentComparison(3, operator, operand & mask, mask))
                    .otherwise(SECCOMP_RET_ALLOW);
            for (long value : values) {
                assertThat(answer(filter, X86_64, 0, 9, 9, 9, value, 9, 9))
                        .as("0x%x %s 0x%x", value, operator, operand & mask)
                        .isEqualTo(
                                meaning(operator, operand & mask, mask).test(value)
                                        ? SECCOMP_RET_TRAP
                                        : SECCOMP_RET_ALLOW);
            }
        }
    }

    @Test
    void anIntIsComparedWithoutItsUpperHalf() {
        SeccompFilter filter = SeccompFilter.of(Abi.X86_64)
                .on(SECCOMP_RET_TRAP, Syscall.SOCKET, ArgumentComparison.isInt(0, -1))
                .otherwise(SECCOMP_RET_ALLOW);

        assertThat(answer(filter, X86_64, number(Syscall.SOCKET), 0xffff_ffffL)).isEqualTo(SECCOMP_RET_TRAP);
        assertThat(answer(filter, X86_64, number(Syscall.SOCKET), -1)).isEqualTo(SECCOMP_RET_TRAP);
        assertThat(answer(filter, X86_64, number(Syscall.SOCKET), 1)).isEqualTo(SECCOMP_RET_ALLOW);
    }

    @Test
    void allComparisonsOfARuleMustHold() {
        SeccompFilter filter = SeccompFilter.of(Abi.X86_64)
                .on(SECCOMP_RET_TRAP, Syscall.READ, is(0, 1), ArgumentComparison.isGreater(2, 10))
                .otherwise(SECCOMP_RET_ALLOW);

        assertThat(answer(filter, X86_64, 0, 1, 0, 11)).isEqualTo(SECCOMP_RET_TRAP);
        assertThat(answer(filter, X86_64, 0, 1, 0, 10)).isEqualTo(SECCOMP_RET_ALLOW);
        assertThat(answer(filter, X86_64, 0, 2, 0, 11)).isEqualTo(SECCOMP_RET_ALLOW);
    }

    @Test
    void jumpsReachFartherThan255Instructions() {
        List<Syscall> calls = Arrays.stream(Syscall.values())
                .filter(call -> call.existsOn(Abi.X86_64))
                .toList();
        ArgumentComparison[] many = LongStream.range(1, 200)
                .mapToObj(value -> ArgumentComparison.isNot(0, value))
                .toArray(ArgumentComparison[]::new);
        SeccompFilter.Builder builder =
                SeccompFilter.of(Abi.X86_64).on(SECCOMP_RET_TRAP, Syscall.READ, ArgumentComparison.isNot(0, 0), many);
        for (Syscall call : calls) {
            builder.on(call.number(Abi.X86_64) % 2 == 0 ? SECCOMP_RET_LOG : SECCOMP_RET_KILL_THREAD, call);
        }
        SeccompFilter filter = builder.otherwise(SECCOMP_RET_ALLOW);

        assertThat(calls).hasSizeGreaterThan(300);
        assertThat(answer(filter, X86_64, 0, 200)).isEqualTo(SECCOMP_RET_TRAP);
        assertThat(answer(filter, X86_64, 0, 0)).isEqualTo(SECCOMP_RET_LOG);
        assertThat(answer(filter, X86_64, 0, 199)).isEqualTo(SECCOMP_RET_LOG);
        assertThat(answer(filter, X86_64, 1_000)).isEqualTo(SECCOMP_RET_ALLOW);
        assertThat(answer(filter, I386, 0)).isEqualTo(SECCOMP_RET_KILL_PROCESS);
        for (Syscall call : calls.subList(1, calls.size())) {
            int number = call.number(Abi.X86_64);
            assertThat(answer(filter, X86_64, number))
                    .isEqualTo(number % 2 == 0 ? SECCOMP_RET_LOG : SECCOMP_RET_KILL_THREAD);
        }
    }

    @Test
    void aProgramThatTheKernelWouldNotTakeIsRefused() {
        SeccompFilter.Builder builder = SeccompFilter.of(Abi.X86_64);
        for (int value = 0; value < 1000; value++) {
            builder.on(SECCOMP_RET_TRAP, Syscall.READ, is(1, value));
        }
        assertThatThrownBy(() -> builder.otherwise(SECCOMP_RET_ALLOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the kernel takes 4096");
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertThatThrownBy(() -> is(6, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ArgumentComparison.masked(0, 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is never 0x2");
        assertThatThrownBy(() -> SeccompFilter.of(Abi.X86_64).on(SECCOMP_RET_TRAP, Syscall.SOCKETCALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x86_64 has no socketcall");
    }

    @Test
    void aFilterPrintsItsProgram() {
        assertThat(SeccompFilter.of(Abi.X86_64)
                        .on(SeccompAction.errno(Errno.EPERM), Syscall.SOCKET, ArgumentComparison.isInt(0, 2))
                        .otherwise(SECCOMP_RET_ALLOW)
                        .toString()
                        .stripIndent())
                .isEqualTo("""
                           0: ld   [4]
                           1: jeq  #0xc000003e, 2, 10
                           2: ld   [0]
                           3: jge  #0x40000000, 10, 4
                           4: jeq  #0x29, 5, 9
                           5: ld   [16]
                           6: jeq  #0x2, 7, 8
                           7: ret  SECCOMP_RET_ERRNO(EPERM)
                           8: ld   [0]
                           9: ret  SECCOMP_RET_ALLOW
                          10: ret  SECCOMP_RET_KILL_PROCESS""");
    }

    @Test
    void actionsAndInstructionsAreTheHeaders() {
        for (SeccompAction action : List.of(
                SECCOMP_RET_ALLOW,
                SECCOMP_RET_LOG,
                SECCOMP_RET_TRAP,
                SECCOMP_RET_KILL_THREAD,
                SECCOMP_RET_KILL_PROCESS)) {
            assertThat(action.number()).isEqualTo((int)
                    Constants.value(action.toString(), Abi.X86_64).orElseThrow());
        }
        assertThat(SeccompAction.errno(Errno.EPERM).number())
                .isEqualTo(
                        (int) Constants.value("SECCOMP_RET_ERRNO", Abi.X86_64).orElseThrow() | 1);
        assertThat(FilterInstruction.LOAD).isEqualTo(sum("BPF_LD", "BPF_W", "BPF_ABS"));
        assertThat(FilterInstruction.AND).isEqualTo(sum("BPF_ALU", "BPF_AND", "BPF_K"));
        assertThat(FilterInstruction.JUMP).isEqualTo(sum("BPF_JMP", "BPF_JA"));
        assertThat(FilterInstruction.JUMP_EQUAL).isEqualTo(sum("BPF_JMP", "BPF_JEQ", "BPF_K"));
        assertThat(FilterInstruction.JUMP_GREATER).isEqualTo(sum("BPF_JMP", "BPF_JGT", "BPF_K"));
        assertThat(FilterInstruction.JUMP_GREATER_OR_EQUAL).isEqualTo(sum("BPF_JMP", "BPF_JGE", "BPF_K"));
        assertThat(FilterInstruction.RETURN).isEqualTo(sum("BPF_RET", "BPF_K"));
    }

    private static int sum(String... names) {
        return Arrays.stream(names)
                .mapToInt(name -> (int) Constants.value(name, Abi.X86_64).orElseThrow())
                .sum();
    }
}
