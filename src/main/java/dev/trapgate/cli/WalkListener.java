package dev.trapgate.cli;

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.CpuListener;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Prints each passage of a program into the kernel and back as {@code walk} does, step by step; of the program's own steps
 * those that lead up to it: what {@code __kernel_vsyscall} and the call of it push.
 */
final class WalkListener {

    /** The return address, and the three registers of {@code __kernel_vsyscall}. */
    private static final int MOST_OWN_STEPS = 4;

    private final PrintWriter out;
    private final Deque<WalkStep> own = new ArrayDeque<>();
    private int passages;
    private boolean inside;

    private WalkListener(PrintWriter out) {
        this.out = out;
    }

    /** {@return what is to listen to a processor to have its passages printed} */
    static CpuListener of(Cpu cpu, PrintWriter out) {
        WalkListener listener = new WalkListener(out);
        return new WalkRecorder(cpu, listener::take);
    }

    private void take(WalkStep step) {
        boolean byProgram = step.actor().equals("program");
        boolean enters = byProgram && step.kind().equals("instruction");
        if (byProgram && !enters) {
            inside = false;
            own.addLast(step);
            if (own.size() > MOST_OWN_STEPS) {
                own.removeFirst();
            }
            return;
        }
        if (enters || !inside) {
            begin();
        }
        print(step);
    }

    private void begin() {
        inside = true;
        passages++;
        out.printf("-- passage %d%n", passages);
        own.forEach(this::print);
        own.clear();
    }

    private void print(WalkStep step) {
        out.printf("%-8s %-12s %s%n", step.actor(), step.kind(), step.text());
    }
}
