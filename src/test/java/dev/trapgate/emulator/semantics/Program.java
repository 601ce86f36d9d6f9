package dev.trapgate.emulator.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedThread;
import dev.trapgate.emulator.UserInstruction;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.SignalAction;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import dev.trapgate.emulator.linux.kernel.TaskEnd;

/** An emulated program under test: one thread on a machine of its own, watched. */
final class Program implements AutoCloseable {

    final EmulatedMachine machine;
    final EmulatedThread thread;
    final Cpu cpu;
    final Recorder recorder = new Recorder();
    final Profile profile;

    Program(Profile profile) {
        this.profile = profile;
        this.machine = new EmulatedMachine(profile.kernel(), profile.vendor());
        this.thread = machine.newThread();
        this.cpu = thread.cpu();
        thread.begin(profile.width());
        // Touches the stack, so that no page fault comes in between.
        thread.task().uaccess().putUser32(stack() - 64, 0);
        cpu.listen(recorder);
    }

    /** The convention that int $0x80 and its kind speak, or syscall. */
    Abi abi(UserInstruction instruction) {
        return instruction == UserInstruction.SYSCALL && profile.width() == Width.BITS_64 ? Abi.X86_64 : Abi.I386;
    }

    long stack() {
        return thread.stackEnd();
    }

    void set(int register, long value) {
        cpu.registers().set(register, value);
    }

    long get(int register) {
        return cpu.registers().get(register);
    }

    /** The result as a C program sees it. */
    long result(UserInstruction instruction) {
        long ax = get(GeneralRegisters.RAX);
        return abi(instruction) == Abi.X86_64 ? ax : (int) ax;
    }

    void number(UserInstruction instruction, Syscall call) {
        set(GeneralRegisters.RAX, call.number(abi(instruction)));
    }

    /** Replaces getpid for the convention of an instruction. */
    void hookGetpid(UserInstruction instruction, SyscallHandler handler) {
        Abi abi = abi(instruction);
        machine.table(abi).orElseThrow().replace(Syscall.GETPID.number(abi), handler);
        number(instruction, Syscall.GETPID);
    }

    /** As sigaction(2) with a restorer by a program of this width. */
    void handle(int signal, long handler, long flags) {
        long abi = profile.width() == Width.BITS_64 ? 0 : SignalAction.SA_IA32_ABI;
        machine.process()
                .setAction(signal, SignalAction.handler(handler, flags | abi).returningTo(handler));
    }

    /** The rax or eax that a handler's frame keeps, for a handler without SA_SIGINFO. */
    long savedAx() {
        return profile.width() == Width.BITS_64
                ? cpu.mmu().read64(get(GeneralRegisters.RSP) + 152, Paging.READ)
                : (int) cpu.mmu().read32(get(GeneralRegisters.RSP) + 52, Paging.READ);
    }

    /** The instruction pointer that a handler's frame keeps, for a handler without SA_SIGINFO. */
    long savedIp() {
        return profile.width() == Width.BITS_64
                ? cpu.mmu().read64(get(GeneralRegisters.RSP) + 176, Paging.READ)
                : cpu.mmu().read32(get(GeneralRegisters.RSP) + 64, Paging.READ);
    }

    void assertKilled(int signal, int trap, int error) {
        TaskEnd end = thread.task().end();
        assertThat(end).isNotNull();
        assertThat(end.signal()).isNotNull();
        Signal got = end.signal();
        assertThat(got.toString()).isEqualTo(new Signal(signal, got.code(), got.address(), trap, error).toString());
    }

    @Override
    public void close() {
        machine.close();
    }
}
