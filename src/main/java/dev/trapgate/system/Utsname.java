package dev.trapgate.system;

import dev.trapgate.entry.UserBuffer;
import dev.trapgate.kernel.Fields;
import java.lang.foreign.MemorySegment;

/**
 * What the system calls itself, {@code struct new_utsname}: a view of memory, alike in every ABI.
 *
 * @param buffer its 390 bytes
 * @see <a href="https://man7.org/linux/man-pages/man2/uname.2.html">uname(2)</a>
 */
public record Utsname(UserBuffer buffer) {

    private static final Fields FIELDS = Fields.of("new_utsname");

    static final long SIZE = FIELDS.size();

    private static final long SYSNAME = FIELDS.offset("sysname");
    private static final long NODENAME = FIELDS.offset("nodename");
    private static final long RELEASE = FIELDS.offset("release");
    private static final long VERSION = FIELDS.offset("version");
    private static final long MACHINE = FIELDS.offset("machine");
    private static final long DOMAINNAME = FIELDS.offset("domainname");

    static Utsname copyOf(MemorySegment utsname) {
        MemorySegment copy = MemorySegment.ofArray(new byte[(int) SIZE]);
        copy.copyFrom(utsname);
        return new Utsname(new UserBuffer(0, copy));
    }

    private String text(long offset) {
        return buffer.segment().getString(offset);
    }

    /** {@return the kernel's name, {@code Linux}} */
    public String sysname() {
        return text(SYSNAME);
    }

    /** {@return the host's name} */
    public String nodename() {
        return text(NODENAME);
    }

    /** {@return the kernel's release, for example {@code 6.18.44}} */
    public String release() {
        return text(RELEASE);
    }

    /** {@return which build of it} */
    public String version() {
        return text(VERSION);
    }

    /** {@return the processor's kind, {@code x86_64} or, to a 32-bit personality, {@code i686}} */
    public String machine() {
        return text(MACHINE);
    }

    /** {@return the NIS domain, mostly {@code (none)}} */
    public String domainname() {
        return text(DOMAINNAME);
    }

    /** {@return as {@code uname -snrvm} prints it} */
    @Override
    public String toString() {
        return String.join(" ", sysname(), nodename(), release(), version(), machine());
    }
}
