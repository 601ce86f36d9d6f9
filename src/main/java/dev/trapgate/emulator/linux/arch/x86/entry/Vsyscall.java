package dev.trapgate.emulator.linux.arch.x86.entry;

import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.linux.arch.x86.PtRegs64;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Sys;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.time.TimeCalls;

/**
 * The page at 0xffffffffff600000 that old programs call into: nothing is mapped there, the fault of the fetch makes the
 * call (arch/x86/entry/vsyscall/vsyscall_64.c, Linux 5.17, vsyscall=xonly).
 */
final class Vsyscall {

    /** VSYSCALL_ADDR. */
    static final long ADDRESS = 0xffff_ffff_ff60_0000L;

    private static final long PAGE_MASK = -4096;
    private static final int SLOT_SHIFT = 10;
    private static final long SLOT_MASK = 0xc00;

    /** {@code force_sig(SIGSEGV)}: no fault is told. */
    private static final Signal REFUSED = new Signal(Signal.SIGSEGV, Signal.SI_KERNEL, 0, 0, 0);

    private Vsyscall() {}

    /** {@return whether an exception was a call of this page, which has then been made or refused with a signal} */
    static boolean emulates(Task task, PtRegs64 regs, int vector, int error) {
        boolean fetch =
                vector == Vector.PF && (error & (Paging.EXECUTE | Paging.USER)) == (Paging.EXECUTE | Paging.USER);
        if (!fetch || (regs.ip() & PAGE_MASK) != ADDRESS) {
            return false;
        }
        long slot = (regs.ip() & SLOT_MASK) >> SLOT_SHIFT;
        if ((regs.ip() & ~PAGE_MASK & ~SLOT_MASK) != 0 || slot == 3) {
            task.force(REFUSED);
            return true;
        }
        call(task, regs, slot);
        return true;
    }

    private static void call(Task task, PtRegs64 regs, long slot) {
        var buffer = task.buffer();
        if (task.uaccess().copyFromUser(buffer, regs.sp(), 8) != 0) {
            task.force(REFUSED);
            return;
        }
        long caller =
                buffer.get(java.lang.foreign.ValueLayout.JAVA_LONG.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN), 0);
        SyscallHandler function =
                switch ((int) slot) {
                    case 0 -> TimeCalls::gettimeofday;
                    case 1 -> TimeCalls::time;
                    default -> Sys::getcpu;
                };
        regs.setAx(ErrorNumbers.ENOSYS);
        long result = function.call(task, regs);
        if (result == ErrorNumbers.EFAULT) {
            long address = regs.argument(1);
            task.signals().noteTrap(Vector.PF, Paging.USER | Paging.WRITE);
            task.signals().noteFaultAddress(address);
            task.force(new Signal(Signal.SIGSEGV, Signal.SEGV_MAPERR, address, Vector.PF, Paging.USER | Paging.WRITE));
            return;
        }
        regs.setAx(result);
        regs.setIp(caller);
        regs.setSp(regs.sp() + 8);
    }
}
