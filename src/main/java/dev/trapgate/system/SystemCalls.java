package dev.trapgate.system;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.Fields;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The system as a whole.
 *
 * @param kernel whose calls
 */
public record SystemCalls(Kernel kernel) {

    private static final Call UNAME = Call.of(Syscall.UNAME);
    private static final Call SYSINFO = Call.of(Syscall.SYSINFO);
    private static final Call SETHOSTNAME = Call.of(Syscall.SETHOSTNAME);
    private static final double LOAD_UNIT = 1 << 16;

    /** {@return what the system calls itself, as {@code uname(2)}: a copy on the heap} */
    public Utsname uname() {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(Utsname.SIZE, Long.BYTES);
            kernel.call(UNAME, address);
            return Utsname.copyOf(scratch.at(address, Utsname.SIZE));
        }
    }

    /** {@return the host's name} */
    public String hostname() {
        return uname().nodename();
    }

    /**
     * Changes the host's name, as {@code sethostname(2)}.
     *
     * @param name 64 bytes at most
     * @throws SyscallException EPERM without CAP_SYS_ADMIN; EINVAL if the name is too long
     */
    public void sethostname(String name) {
        try (Scratch scratch = kernel.scratch()) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            kernel.call(SETHOSTNAME, scratch.copy(MemorySegment.ofArray(bytes), 1), bytes.length);
        }
    }

    /** {@return how the system does, as {@code sysinfo(2)}} */
    public Sysinfo sysinfo() {
        Fields fields = Fields.of("sysinfo", kernel.abi());
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.zeroed(fields.size(), Long.BYTES);
            kernel.call(SYSINFO, address);
            return sysinfo(new Words(scratch.at(address, fields.size()), fields, kernel.abi()));
        }
    }

    /** Fields of the size of the ABI's long. */
    private record Words(MemorySegment memory, Fields fields, Abi abi) {

        long word(String field, int index) {
            int size = abi.pointerSize();
            long offset = fields.offset(field) + (long) index * size;
            return size == Integer.BYTES
                    ? Integer.toUnsignedLong(memory.get(Layouts.INT, offset))
                    : memory.get(Layouts.LONG, offset);
        }

        long bytes(String field) {
            return word(field, 0) * Integer.toUnsignedLong(memory.get(Layouts.INT, fields.offset("mem_unit")));
        }
    }

    private static Sysinfo sysinfo(Words words) {
        return new Sysinfo(
                Duration.ofSeconds(words.word("uptime", 0)),
                words.word("loads", 0) / LOAD_UNIT,
                words.word("loads", 1) / LOAD_UNIT,
                words.word("loads", 2) / LOAD_UNIT,
                words.bytes("totalram"),
                words.bytes("freeram"),
                words.bytes("sharedram"),
                words.bytes("bufferram"),
                words.bytes("totalswap"),
                words.bytes("freeswap"),
                words.memory().get(Layouts.SHORT, words.fields().offset("procs")) & 0xffff);
    }
}
