package dev.trapgate.modular;

import dev.trapgate.Gates;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.GateStatus;
import dev.trapgate.entry.SyscallEntry;

/**
 * A program that uses Trapgate as a module. It lies outside the packages of that module, as a user's does, and prints
 * every gate's state and what it answers.
 */
public final class ModuleProgram {

    private ModuleProgram() {}

    /** Takes no arguments. */
    public static void main(String[] none) {
        System.out.println("Trapgate is in " + Gates.class.getModule());
        for (GateStatus status : Gates.all()) {
            System.out.println(status.gate() + ": " + status.unavailable().orElseGet(() -> answer(status)));
        }
    }

    private static String answer(GateStatus status) {
        SyscallEntry entry = Gates.open(status.gate());
        int getpid = Syscall.GETPID.number(entry.abi());
        if (entry.refusal(getpid).isPresent()) {
            return "open";
        }
        boolean right =
                entry.enter(getpid, 0, 0, 0, 0, 0, 0) == ProcessHandle.current().pid();
        return right ? "open" : "wrong";
    }
}
