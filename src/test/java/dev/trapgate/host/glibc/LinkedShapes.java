package dev.trapgate.host.glibc;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import dev.trapgate.entry.SyscallBatch;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.Host;
import dev.trapgate.host.OpenGate;
import dev.trapgate.host.libc.Downcalls;
import dev.trapgate.host.stub.TimeStampCounter;
import dev.trapgate.host.vdso.AuxiliaryComparison;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every shape in which the host package links native code, by having it link all. */
public final class LinkedShapes {

    private LinkedShapes() {}

    /** {@return the shapes, those of gates that are shut here left out} */
    public static Set<Downcalls.Shape> all() {
        OpenGate.nativeGates().stream()
                .filter(gate -> Host.status(gate).isOpen())
                .map(Host::open)
                .forEach(LinkedShapes::use);
        AuxiliaryComparison.ofThisProcess();
        TimeStampCounter.read();
        Set<Downcalls.Shape> shapes = new HashSet<>();
        for (Syscall call : Syscall.values()) {
            if (call.existsOn(Abi.X86_64)) {
                GlibcWrappers.find(call).ifPresent(wrapper -> {
                    WrapperCallSite.linked(wrapper);
                    shapes.addAll(byJextract(wrapper));
                });
            }
        }
        shapes.addAll(Downcalls.linked());
        return shapes;
    }

    /** The class that holds a binding's descriptor and address links it when it is initialized, and so when it is asked for them. */
    private static List<Downcalls.Shape> byJextract(GlibcWrapper wrapper) {
        return wrapper.firstVariadic().isPresent()
                ? List.of()
                : List.of(new Downcalls.Shape(wrapper.descriptor(), List.of()));
    }

    private static void use(SyscallEntry entry) {
        entry.memory().read(0, 1);
        int getpid = Syscall.GETPID.number(entry.abi());
        prompt(entry).enter(getpid, 0, 0, 0, 0, 0, 0);
        try (Arena arena = Arena.ofConfined()) {
            SyscallBatch batch = new SyscallBatch(arena, 1);
            batch.add(getpid, 0, 0, 0, 0, 0, 0);
            batch.enter(entry, SyscallBatch.OnError.STOP);
        }
    }

    private static SyscallEntry prompt(SyscallEntry entry) {
        try {
            return entry.critical();
        } catch (UnsupportedOperationException oneLinkageOnly) {
            return entry;
        }
    }

    /** {@return whether everything that could be linked on some host is linked on this one} */
    public static boolean areComplete() {
        return Arrays.stream(Gate.values())
                .filter(gate -> gate.kind() == Gate.Kind.NATIVE)
                .map(Host::status)
                .allMatch(GateStatus::isOpen);
    }
}
