package dev.trapgate.host.stub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.ChildJvm;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.Host;
import dev.trapgate.host.OpenGate;
import dev.trapgate.host.RawCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReturnEndingTest {

    /** Compiled and called at many depths, so that a stub which damaged a register or the stack would show. */
    static final class Program {

        private Program() {}

        public static void main(String[] none) {
            GateStatus status = Host.status(Gate.SYSCALL);
            System.out.println(status.unavailable().orElse("open") + " " + status.findings());
            if (status.isOpen()) {
                SyscallEntry entry = Host.open(Gate.SYSCALL);
                System.out.println(wrong(entry) + " wrong, " + wrong(entry.critical()) + " wrong by critical linkage");
            }
        }

        private static long wrong(SyscallEntry entry) {
            long pid = ProcessHandle.current().pid();
            long wrong = 0;
            for (int i = 0; i < 100_000; i++) {
                wrong += atDepth(entry, i % 20, i) == pid + i ? 0 : 1;
                wrong += RawCall.enter(entry, Syscall.CLOCK_GETTIME, 99, i) == -Errno.EINVAL.number() ? 0 : 1;
            }
            return wrong;
        }

        private static long atDepth(SyscallEntry entry, int depth, long added) {
            return depth == 0
                    ? RawCall.enter(entry, Syscall.GETPID) + added
                    : atDepth(entry, depth - 1, added + depth) - depth;
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachEndingCanBeForcedAndAnswersRightly(ReturnEnding ending) throws Exception {
        OpenGate.orSkip(Gate.SYSCALL);
        ChildJvm.Outcome outcome = ChildJvm.running(Program.class)
                .with("-D" + ReturnEndingChoice.PROPERTY + "=" + ending.displayName())
                .run();

        assertThat(outcome.exitStatus()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .contains("return ending=" + ending.displayName())
                .contains("0 wrong, 0 wrong by critical linkage");
        if (!outcome.output().contains("shadow stack")) {
            assertThat(outcome.output()).contains("forced by -Ddev.trapgate.syscall.ending");
        }
    }

    @Test
    void anEndingThatIsNoneShutsTheGateAndIsNamed() throws Exception {
        OpenGate.orSkip(Gate.SYSCALL);
        ChildJvm.Outcome outcome = ChildJvm.running(Program.class)
                .with("-D" + ReturnEndingChoice.PROPERTY + "=jmp")
                .run();

        assertThat(outcome.output())
                .startsWith("-Ddev.trapgate.syscall.ending=jmp names no ending; it takes ret or return-aware");
        assertThat(outcome.exitStatus()).isZero();
    }

    @Test
    void endingsAreFoundByTheirNames() {
        assertThat(ReturnEnding.named("ret")).hasValue(ReturnEnding.RET);
        assertThat(ReturnEnding.named("return-aware")).hasValue(ReturnEnding.RETURN_AWARE);
        assertThat(ReturnEnding.named("RET")).isEmpty();
    }
}
