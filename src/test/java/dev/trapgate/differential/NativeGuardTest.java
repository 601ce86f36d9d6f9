package dev.trapgate.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must not happen natively, played by the least dangerous user: each is refused, with its reason, and nothing is made. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NativeGuardTest {

    private DifferentialRunner runner;

    @BeforeAll
    void open() {
        try {
            runner = new DifferentialRunner(Gate.SYSCALL, Gate.EMULATED_SYSCALL);
        } catch (GateUnavailableException shut) {
            Assumptions.abort(shut.getMessage());
        }
    }

    @AfterAll
    void close() {
        if (runner != null) {
            runner.close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "reboot(0, 0, 0, 0)                           | not among the calls",
                "kill(1, SIGKILL)                             | may send a signal",
                "unlink(\"/etc/passwd\")                      | outside the scenario's directory",
                "unlink(\"../../../../etc/passwd\")           | climbs out of the scenario's directory",
                "symlink(\"/etc/passwd\", \"s\")              | outside the scenario's directory",
                "read(0, 0x7f0000000000, 8)                   | may be the JVM's",
                "readv(0, &iovec{iov_base=0x7f0000000000}, 1) | may be the JVM's",
                "munmap(0x7f0000000000, 4096)                 | may change the JVM's memory",
                "munmap(0, 0x7fffffffffff)                    | may change the JVM's memory",
                "tkill(1, SIGKILL)                            | may send a signal",
                "tgkill(1, 1, SIGKILL)                        | may send a signal",
                "kill(-1, 0)                                  | what other processes there are",
                "kill(-1, 65)                                 | what other processes there are",
                "kill(-1000, 65)                              | what other processes there are",
                "kcmp(1, 1, 7, 0, 0x7f0000000000)             | reads memory that may be the JVM's",
                "pidfd_send_signal(3, SIGKILL, 0, 0)          | may send a signal",
                "pidfd_send_signal(3, SIGUSR1, 0, 1)          | may send a signal",
                "pidfd_send_signal(3, SIGUSR1, 0, 4)          | may send a signal",
                "pidfd_send_signal(-10000, SIGUSR1, 0, 0)     | may send a signal",
                "mknod(\"m\", 020600, 0x801)                  | makes a device",
                "prctl(PR_SET_SECCOMP, 1, 0, 0, 0)            | changes more than the thread",
                "fallocate(0, 0, 0, 0x7fff0000)               | may need more room",
                "sched_setscheduler(0, SCHED_FIFO, &struct)   | may take the processor",
                "mlockall(1)                                  | would lock the JVM",
                "999(1)                                       | is not known here",
            })
    void refusesWhatMayHurtTheHost(String call, String reason) {
        Scenario scenario = Scenario.of("hostile", call.strip());
        Verdict verdict = runner.compare(scenario, User.NOBODY).join();

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.UNPLAYED);
        assertThat(verdict.why()).contains(reason.strip());
    }

    /** Files of memfd_create(2) are on a file system that has all of the host's memory. */
    @Test
    void refusesToFillTheHostsMemory() {
        Scenario scenario = Scenario.of("hostile", "m = memfd_create(\"m\", 0)", "fallocate($m, 0, 0, 0x200000000)");
        Verdict verdict = runner.compare(scenario, User.NOBODY).join();

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.UNPLAYED);
        assertThat(verdict.why()).contains("may need more room");
    }
}
