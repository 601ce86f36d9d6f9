package dev.trapgate.abi;

import java.util.Set;

/**
 * One parameter of a system call as the kernel declares it.
 *
 * @param type the C type, for example {@code const char *} or {@code unsigned int}
 * @param name the kernel's name for it, for example {@code filename}
 */
public record Parameter(String type, String name) {

    /** The kernel's names for pointer types that show no asterisk. */
    private static final Set<String> POINTER_TYPES =
            Set.of("cap_user_header_t", "cap_user_data_t", "const cap_user_data_t", "compat_uptr_t", "__sighandler_t");

    /** {@return whether the kernel takes this parameter as an address} */
    public boolean isPointer() {
        return type.indexOf('*') >= 0 || POINTER_TYPES.contains(type);
    }

    /** {@return the parameter as C writes it, for example {@code const char *filename}} */
    @Override
    public String toString() {
        return type.endsWith("*") ? type + name : type + ' ' + name;
    }
}
