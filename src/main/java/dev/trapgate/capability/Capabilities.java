package dev.trapgate.capability;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.Host;
import java.util.List;

/**
 * Which calls of an ABI a kernel has and lets through.
 *
 * <p>Of the host's kernel it is found by making the calls in child processes, which have the calling thread's filters, with
 * arguments that can only fail; what must not be tried is told from the kernel's symbol table, else from its release. Each answer
 * says from what it is known, and whether it was seen or inferred. Of an emulated kernel its own table tells.
 *
 * @param abi the ABI
 * @param facts what the answers rest on, sentences for a person without full stops
 * @param all every call that has a number in the ABI, by number
 */
public record Capabilities(Abi abi, List<String> facts, List<Capability> all) {

    /** Copies the lists. */
    public Capabilities {
        facts = List.copyOf(facts);
        all = List.copyOf(all);
    }

    /**
     * Finds out what the kernel behind an entry has. It takes some tenths of a second, as child processes are started.
     *
     * @param entry the entry
     * @return what the kernel has by the numbers of that entry's ABI, for the calling thread
     */
    public static Capabilities behind(SyscallEntry entry) {
        return entry.gate().kind() == Gate.Kind.EMULATED
                ? EmulatedCapabilities.report(EmulatedGates.machine(entry), entry.abi())
                : ofTheHost(entry.abi());
    }

    /**
     * Finds out what the host's kernel has.
     *
     * @param abi {@link Abi#X86_64} or {@link Abi#I386}
     * @return what it has by that ABI's numbers, for the calling thread
     * @throws GateUnavailableException if the host is not Linux on x86-64
     * @throws IllegalArgumentException if the ABI is neither of those
     */
    public static Capabilities ofTheHost(Abi abi) {
        if (abi != Abi.X86_64 && abi != Abi.I386) {
            throw new IllegalArgumentException("no gate of this library speaks " + abi + "; take x86_64 or i386");
        }
        Host.status(Gate.LIBC_SYSCALL).unavailable().ifPresent(reason -> {
            throw new GateUnavailableException(Gate.LIBC_SYSCALL, reason);
        });
        return HostCapabilities.report(abi);
    }

    /**
     * {@return what is known of a call}
     *
     * @param call the call
     * @throws IllegalArgumentException if it has no number in this ABI
     */
    public Capability of(Syscall call) {
        return all.stream()
                .filter(known -> known.call() == call)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(call + " is not a call of " + abi));
    }

    /**
     * {@return whether a call can be made, in part at least, as far as is known}
     *
     * @param call the call; one without a number in this ABI cannot
     */
    public boolean has(Syscall call) {
        return call.existsOn(abi) && of(call).isPresent();
    }
}
