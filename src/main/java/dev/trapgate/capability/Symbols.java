package dev.trapgate.capability;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the kernel's symbol table says of calls. A call that the kernel was built without is in it as a weak symbol, the one that
 * answers ENOSYS (COND_SYSCALL in arch/x86/include/asm/syscall_wrapper.h); addresses, which may be hidden, are not needed.
 */
final class Symbols {

    private static final Path KALLSYMS = Path.of("/proc/kallsyms");
    private static final String WEAK = "W";

    private final Map<String, Boolean> built;
    private final String prefix;
    private final Abi abi;

    private Symbols(Map<String, Boolean> built, Abi abi) {
        this.built = built;
        this.prefix = prefixOf(abi);
        this.abi = abi;
    }

    private static String prefixOf(Abi abi) {
        return abi == Abi.I386 ? "__ia32_" : "__x64_";
    }

    /** {@return the running kernel's symbols, none if it hides them} */
    static Symbols ofThisKernel(Abi abi) {
        Map<String, Boolean> built = new HashMap<>();
        String prefix = prefixOf(abi);
        try (BufferedReader lines = Files.newBufferedReader(KALLSYMS, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split("[ \t]", 4);
                if (fields.length >= 3 && fields[2].startsWith(prefix)) {
                    built.put(fields[2], !fields[1].equalsIgnoreCase(WEAK));
                }
            }
        } catch (IOException hidden) {
            return none(abi);
        }
        return new Symbols(built, abi);
    }

    /** {@return what is known where there is no such table} */
    static Symbols none(Abi abi) {
        return new Symbols(Map.of(), abi);
    }

    /** {@return whether the kernel was built with a call; empty if the table does not tell} */
    Optional<Boolean> has(Syscall call) {
        return name(call).flatMap(name -> Optional.ofNullable(built.get(name)));
    }

    /** {@return the name of the call's function; empty for a call without} */
    Optional<String> name(Syscall call) {
        return call.entryPoint(abi).map(function -> prefix + function);
    }
}
