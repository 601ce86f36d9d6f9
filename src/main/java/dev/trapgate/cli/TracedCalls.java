package dev.trapgate.cli;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.entry.SyscallRow;
import dev.trapgate.emulator.linux.arch.x86.entry.SyscallTable;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions.Support;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.trace.MemoryView;
import dev.trapgate.trace.ResultText;
import dev.trapgate.trace.SyscallText;
import java.io.PrintWriter;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Prints a program's calls as strace(1) does, or only, once each, those that the kernel lacks; by hooks in its tables. */
final class TracedCalls {

    private static final int MOST_ARGUMENTS = 6;

    private final EmulatedMachine machine;
    private final PrintWriter out;
    private final boolean all;

    /**
     * Prepares to print.
     *
     * @param machine whose program's calls
     * @param out where to
     * @param all whether every call, or those that the kernel lacks
     */
    TracedCalls(EmulatedMachine machine, PrintWriter out, boolean all) {
        this.machine = machine;
        this.out = out;
        this.all = all;
    }

    /** Puts the hooks in place. */
    void install() {
        for (Abi abi : new Abi[] {Abi.X86_64, Abi.I386}) {
            machine.table(abi).ifPresent(table -> table.rows().forEach(row -> install(table, row)));
        }
    }

    private void install(SyscallTable table, SyscallRow row) {
        boolean absent = row.support() == Support.ABSENT;
        if (!all && !absent) {
            return;
        }
        Hook hook = new Hook(table.abi(), row);
        hook.original = table.replace(row.number(), hook);
    }

    private final class Hook implements SyscallHandler {

        private final Abi abi;
        private final SyscallRow row;
        private SyscallHandler original = (task, regs) -> 0;
        private boolean told;

        Hook(Abi abi, SyscallRow row) {
            this.abi = abi;
            this.row = row;
        }

        @Override
        public long call(Task task, PtRegs regs) {
            long[] arguments = new long[MOST_ARGUMENTS];
            for (int i = 0; i < MOST_ARGUMENTS; i++) {
                arguments[i] = regs.argument(i + 1);
            }
            long result = original.call(task, regs);
            if (all) {
                out.println(line(task, result, arguments));
            } else if (!told) {
                told = true;
                out.println("trapgate: the emulated kernel has no call " + row.number() + " of " + abi + ": "
                        + entering(task, arguments));
            }
            out.flush();
            return result;
        }

        private String entering(Task task, long... arguments) {
            return Syscall.numbered(abi, row.number())
                    .map(call -> text(task).entering(call, arguments))
                    .orElseGet(() -> SyscallText.unknown(row.number(), arguments));
        }

        private String line(Task task, long result, long... arguments) {
            if (task.end() != null) {
                return entering(task, arguments) + " = ?";
            }
            return Syscall.numbered(abi, row.number())
                    .map(call -> text(task).answered(call, result, arguments) + " = "
                            + ResultText.of(call.callName(), abi, result))
                    .orElseGet(() -> SyscallText.unknown(row.number(), arguments) + " = " + result);
        }

        private SyscallText text(Task task) {
            return new SyscallText(abi, view(task), SyscallText.STRING_LIMIT);
        }
    }

    private static MemoryView view(Task task) {
        return (address, byteSize) -> {
            byte[] bytes = new byte[byteSize];
            long left = task.uaccess().copyFromUser(MemorySegment.ofArray(bytes), address, byteSize);
            return Arrays.copyOf(bytes, (int) (byteSize - left));
        };
    }
}
