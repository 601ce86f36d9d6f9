package dev.trapgate.abi;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a kernel declares for one number of one ABI: the entry point and its parameters, which are parsed when asked for. */
final class Declaration {

    private static final String NO_PARAMETERS = "void";

    private final Syscall.Standing standing;
    private final Optional<String> entryPoint;
    private final String text;
    private @Nullable List<Parameter> parameters;

    private Declaration(Syscall.Standing standing, Optional<String> entryPoint, String text) {
        this.standing = standing;
        this.entryPoint = entryPoint;
        this.text = text;
    }

    /**
     * {@return the declaration of an entry point that is there}
     *
     * @param entryPoint the function, for example {@code sys_openat}
     * @param text its parameters as C declares them, separated by a comma and a blank, or {@code void}
     */
    static Declaration of(String entryPoint, String text) {
        return new Declaration(Syscall.Standing.IMPLEMENTED, Optional.of(entryPoint), text);
    }

    /**
     * {@return the declaration of a call that is gone}
     *
     * @param text its parameters when it was there
     */
    static Declaration removed(String text) {
        return new Declaration(Syscall.Standing.REMOVED, Optional.empty(), text);
    }

    /**
     * {@return the declaration of a call that never was}
     *
     * @param text its parameters where another ABI has it, or {@code void}
     */
    static Declaration reserved(String text) {
        return new Declaration(Syscall.Standing.RESERVED, Optional.empty(), text);
    }

    /**
     * {@return the declaration of a call that only a 32-bit kernel has}
     *
     * @param text its parameters there
     */
    static Declaration kernel32(String text) {
        return new Declaration(Syscall.Standing.KERNEL32, Optional.empty(), text);
    }

    Syscall.Standing standing() {
        return standing;
    }

    Optional<String> entryPoint() {
        return entryPoint;
    }

    /** {@return the parameters in order; the same list each time} */
    List<Parameter> parameters() {
        // A race here is harmless: both threads make equal, unmodifiable lists.
        List<Parameter> known = parameters;
        if (known == null) {
            known = parse(text);
            parameters = known;
        }
        return known;
    }

    private static List<Parameter> parse(String text) {
        return text.equals(NO_PARAMETERS)
                ? List.of()
                : Arrays.stream(text.split(", ", -1))
                        .map(Declaration::parameter)
                        .toList();
    }

    private static Parameter parameter(String declaration) {
        int nameStart = 1 + Math.max(declaration.lastIndexOf(' '), declaration.lastIndexOf('*'));
        return new Parameter(declaration.substring(0, nameStart).strip(), declaration.substring(nameStart));
    }
}
