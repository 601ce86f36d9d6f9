package dev.trapgate.host;

import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.glibc.GlibcEntry;
import dev.trapgate.host.glibc.GlibcVersion;
import dev.trapgate.host.glibc.LibcSyscall;
import dev.trapgate.host.i386.Companion;
import dev.trapgate.host.i386.CompanionEntry;
import dev.trapgate.host.i386.SharedCompanion;
import dev.trapgate.host.i386.VsyscallInstruction;
import dev.trapgate.host.jnr.JnrSyscall;
import dev.trapgate.host.stub.ExecutableMemoryRefusedException;
import dev.trapgate.host.stub.Int80Instruction;
import dev.trapgate.host.stub.Int80Probe;
import dev.trapgate.host.stub.SyscallInstruction;
import dev.trapgate.host.vdso.VdsoEntry;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The real kernel's gates on this machine. Each is probed and opened when it is first asked about, and stays open.
 */
public final class Host {

    private static final Map<Gate, NativeGate> GATES = gates();

    private Host() {}

    private static Map<Gate, NativeGate> gates() {
        Map<Gate, NativeGate> gates = new EnumMap<>(Gate.class);
        gates.put(Gate.GLIBC, new NativeGate(Gate.GLIBC, Host::openGlibc));
        gates.put(Gate.LIBC_SYSCALL, new NativeGate(Gate.LIBC_SYSCALL, findings -> LibcSyscall.ENTRY));
        gates.put(Gate.SYSCALL, new NativeGate(Gate.SYSCALL, Host::openSyscall));
        gates.put(Gate.INT80, new NativeGate(Gate.INT80, Host::openInt80));
        gates.put(Gate.VDSO, new NativeGate(Gate.VDSO, Host::openVdso));
        gates.put(Gate.JNR, new NativeGate(Gate.JNR, Host::openJnr));
        gates.put(Gate.I386_INT80, new NativeGate(Gate.I386_INT80, Host::openI386Int80));
        gates.put(Gate.I386_VSYSCALL, new NativeGate(Gate.I386_VSYSCALL, Host::openI386Vsyscall));
        return gates;
    }

    /**
     * Says whether a native gate is open.
     *
     * @param gate the gate
     * @return its state, with what probing found
     */
    public static GateStatus status(Gate gate) {
        return nativeGate(gate).status();
    }

    /**
     * Opens a native gate.
     *
     * @param gate the gate
     * @return its entry, by ordinary linkage; the same one every time
     * @throws GateUnavailableException if this host lacks the gate
     */
    public static SyscallEntry open(Gate gate) {
        return nativeGate(gate).entry();
    }

    private static NativeGate nativeGate(Gate gate) {
        NativeGate known = GATES.get(gate);
        if (known == null) {
            throw new IllegalArgumentException(gate + " is not a gate into the host's kernel");
        }
        return known;
    }

    private static SyscallEntry openGlibc(SortedMap<String, String> findings) {
        SyscallEntry entry = GlibcEntry.ENTRY;
        findings.put("glibc", GlibcVersion.get());
        findings.put("wrappers", String.valueOf(GlibcEntry.wrapperCount()));
        return entry;
    }

    private static SyscallEntry openSyscall(SortedMap<String, String> findings) {
        SyscallEntry entry = SyscallInstruction.ENTRY;
        findings.put("return ending", SyscallInstruction.ending().displayName());
        findings.put("return ending because", SyscallInstruction.whyThatEnding());
        return entry;
    }

    private static SyscallEntry openInt80(SortedMap<String, String> findings) {
        Int80Probe.refusal().ifPresent(reason -> {
            throw new GateUnavailableException(Gate.INT80, reason);
        });
        findings.put("probed", "getpid answered in a child process");
        return Int80Instruction.ENTRY;
    }

    private static SyscallEntry openVdso(SortedMap<String, String> findings) {
        findings.putAll(VdsoEntry.findings());
        NativeGate instruction = nativeGate(Gate.SYSCALL);
        SyscallEntry fallback = instruction.status().isOpen() ? instruction.entry() : LibcSyscall.ENTRY;
        findings.put("what the vDSO cannot answer", "goes through " + fallback.gate());
        return VdsoEntry.open(fallback);
    }

    private static SyscallEntry openJnr(SortedMap<String, String> findings) {
        requireJnr();
        requireExecutableMemory();
        SyscallEntry entry = JnrSyscall.ENTRY;
        findings.put("library", JnrSyscall.library());
        return entry;
    }

    private static SyscallEntry openI386Int80(SortedMap<String, String> findings) {
        return CompanionEntry.int80(companion(Gate.I386_INT80));
    }

    private static SyscallEntry openI386Vsyscall(SortedMap<String, String> findings) {
        Companion companion = companion(Gate.I386_VSYSCALL);
        SyscallEntry entry = CompanionEntry.vsyscall(companion);
        findings.put("instruction", VsyscallInstruction.of(companion).displayName());
        return entry;
    }

    private static Companion companion(Gate gate) {
        try {
            return SharedCompanion.get();
        } catch (IOException refused) {
            throw new GateUnavailableException(gate, String.valueOf(refused.getMessage()), refused);
        }
    }

    private static void requireJnr() {
        try {
            Class.forName("jnr.ffi.LibraryLoader", false, Host.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new GateUnavailableException(
                    Gate.JNR, "JNR-FFI is not on the class path; add com.github.jnr:jnr-ffi 2.2", absent);
        }
    }

    /** JNR-FFI writes machine code of its own, and jumps to it even where the kernel has not made it executable. */
    private static void requireExecutableMemory() {
        try {
            nativeGate(Gate.SYSCALL).entry();
        } catch (GateUnavailableException shut) {
            if (Stream.<Throwable>iterate(shut, Objects::nonNull, Throwable::getCause)
                    .anyMatch(ExecutableMemoryRefusedException.class::isInstance)) {
                throw new GateUnavailableException(
                        Gate.JNR, "JNR-FFI writes machine code of its own, and " + shut.reason(), shut);
            }
        }
    }
}
