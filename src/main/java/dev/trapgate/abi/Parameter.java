package dev.trapgate.abi;

/**
 * One parameter of a system call as the kernel declares it.
 *
 * @param type the C type, for example {@code const char *} or {@code unsigned int}
 * @param name the kernel's name for it, for example {@code filename}
 */
public record Parameter(String type, String name) {

    /** {@return whether the kernel takes this parameter as an address} */
    public boolean isPointer() {
        return type.endsWith("*");
    }

    /** {@return the parameter as C writes it, for example {@code const char *filename}} */
    @Override
    public String toString() {
        return isPointer() ? type + name : type + ' ' + name;
    }
}
