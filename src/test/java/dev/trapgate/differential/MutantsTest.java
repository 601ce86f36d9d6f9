package dev.trapgate.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.entry.SyscallTable;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.entry.Gate;
import java.time.Duration;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The runner itself: a kernel with one broken call is told from the whole one, and what shows it is made small. */
class MutantsTest {

    private static final int CASES = 2_000;
    private static final int SMALL = 6;

    /** A call that is broken. */
    private record Mutant(String name, Syscall call, Defect defect) {}

    /** How a call is broken, given what it was. */
    @FunctionalInterface
    private interface Defect {
        long call(SyscallTable table, SyscallHandler whole, Task current, PtRegs regs);
    }

    private static final List<Mutant> MUTANTS = List.of(
            new Mutant("a wrong errno", Syscall.CLOSE, result(Errno.EBADF, Errno.EINVAL)),
            new Mutant("one byte too many", Syscall.WRITE, result(value -> value > 0 ? value + 1 : value)),
            new Mutant("one byte too few", Syscall.READ, result(value -> value > 1 ? value - 1 : value)),
            new Mutant("an offset that is not advanced", Syscall.WRITE, keepingTheOffset()),
            new Mutant("a name that stays", Syscall.UNLINK, doingNothing()),
            new Mutant("an error forgotten", Syscall.MKDIR, result(Errno.EEXIST, null)),
            new Mutant("a size that stays", Syscall.FTRUNCATE, doingNothing()),
            new Mutant("the wrong descriptor", Syscall.DUP, result(value -> value >= 0 ? value + 1 : value)),
            new Mutant("permissions that stay", Syscall.CHMOD, doingNothing()),
            new Mutant("ENOENT in place of ENOTDIR", Syscall.STAT, result(Errno.ENOTDIR, Errno.ENOENT)));

    private static Defect result(LongUnaryOperator change) {
        return (table, whole, current, regs) -> change.applyAsLong(whole.call(current, regs));
    }

    private static Defect result(Errno right, Errno wrong) {
        return result(value -> value == -right.number() ? (wrong == null ? 0 : -wrong.number()) : value);
    }

    /** Success, but nothing done. */
    private static Defect doingNothing() {
        return (table, whole, current, regs) -> 0;
    }

    /** Goes back by what was written. */
    private static Defect keepingTheOffset() {
        return (table, whole, current, regs) -> {
            long written = whole.call(current, regs);
            if (written > 0) {
                int lseek = Syscall.LSEEK.number(Abi.X86_64);
                SyscallHandler seek = table.replace(lseek, (task, ignored) -> 0);
                table.restore(lseek);
                seekBack(seek, current, regs, written);
            }
            return written;
        };
    }

    private static void seekBack(SyscallHandler seek, Task current, PtRegs regs, long written) {
        long buffer = regs.register(GeneralRegisters.RSI);
        long count = regs.register(GeneralRegisters.RDX);
        regs.setRegister(GeneralRegisters.RSI, -written);
        regs.setRegister(GeneralRegisters.RDX, 1);
        seek.call(current, regs);
        regs.setRegister(GeneralRegisters.RSI, buffer);
        regs.setRegister(GeneralRegisters.RDX, count);
    }

    @TestFactory
    Stream<DynamicTest> isFoundAndMadeSmall() {
        return MUTANTS.stream()
                .map(mutant -> DynamicTest.dynamicTest(mutant.call().callName() + ": " + mutant.name(), () -> {
                    CampaignReport report = campaign(mutant);
                    assertThat(report.differed()).as("scenarios that show it").isPositive();
                    assertThat(report.minimal())
                            .extracting(CampaignReport.Minimal::text)
                            .anySatisfy(text -> assertThat(
                                            ScenarioParser.parse("saved", text).calls())
                                    .as(text)
                                    .hasSizeLessThanOrEqualTo(SMALL)
                                    .anyMatch(step ->
                                            step.target().equals(mutant.call().callName())));
                }));
    }

    private static CampaignReport campaign(Mutant mutant) {
        try (DifferentialRunner runner = new DifferentialRunner(
                Gate.EMULATED_SYSCALL, machine -> {}, Gate.EMULATED_SYSCALL, machine -> breakCall(machine, mutant))) {
            ScenarioGenerator generator = new ScenarioGenerator(
                    Abi.X86_64, 1, List.of(mutant.call().callName(), "read", "write", "close", "stat", "dup"));
            Campaign campaign = new Campaign(runner, generator);
            CampaignReport report = campaign.run(CASES / 10, Duration.ofMinutes(1), played -> {});
            return report.differed() > 0 ? report : campaign.run(CASES, Duration.ofMinutes(2), played -> {});
        }
    }

    private static void breakCall(EmulatedMachine machine, Mutant mutant) {
        SyscallTable table = machine.table(Abi.X86_64).orElseThrow();
        int number = mutant.call().number(Abi.X86_64);
        SyscallHandler[] whole = new SyscallHandler[1];
        whole[0] = table.replace(number, (current, regs) -> mutant.defect().call(table, whole[0], current, regs));
    }
}
