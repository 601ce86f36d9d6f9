package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.host.memory.Mapping;
import dev.trapgate.host.memory.Placement;
import dev.trapgate.notation.UsageException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Pages of this process, used again from play to play. */
final class NativeBlocks implements Blocks {

    private static final long SIZE = 32L << 20;
    private static final long PROT_NONE = 0;
    private static final long PROT_READ = 1;
    private static final long PROT_EXEC = 4;
    private static final long MAP_FIXED_NOREPLACE = 0x10_0000;

    /** TASK_SIZE_MAX of four-level page tables. */
    private static final long END = (1L << 47) - PAGE;

    /** Where the addresses of a 32-bit program end, IA32_PAGE_OFFSET: 8 KiB below those that its pointers can hold. */
    private static final long END_32 = 0xffff_e000L;

    private static final long FOUR_GIB = 1L << 32;

    private final SyscallEntry raw;
    private final MemorySegment region;
    private final MemorySegment code;
    private final boolean isExecutable;
    private final long end;
    private long next;

    /**
     * Maps the pages.
     *
     * @param abi whose addresses they must have
     * @param raw an entry of the host's 64-bit table, to make pages unreachable with
     */
    NativeBlocks(Abi abi, SyscallEntry raw) {
        this.raw = raw;
        this.region = Mapping.map(
                abi == Abi.I386 ? Placement.BELOW_4_GIB : Placement.ANYWHERE,
                SIZE,
                Mapping.READ_WRITE,
                Mapping.MAP_PRIVATE | Mapping.MAP_ANONYMOUS | Mapping.MAP_NORESERVE);
        this.code =
                Mapping.map(Placement.ANYWHERE, PAGE, Mapping.READ_WRITE, Mapping.MAP_PRIVATE | Mapping.MAP_ANONYMOUS);
        MemorySegment.copy(HandlerCode.bytes(), 0, code, ValueLayout.JAVA_BYTE, 0, HandlerCode.bytes().length);
        this.isExecutable = 0
                == raw.enter(Syscall.MPROTECT.number(Abi.X86_64), code.address(), PAGE, PROT_READ | PROT_EXEC, 0, 0, 0);
        this.end = abi == Abi.I386 ? end32() : END;
    }

    /**
     * This process has 64 bits, and may have memory where a 32-bit program has none: an error's number taken for an address
     * must lead nowhere. So those pages are taken before the JVM takes them, unless it has.
     */
    private long end32() {
        long taken = raw.enter(
                Syscall.MMAP.number(Abi.X86_64),
                END_32,
                FOUR_GIB - END_32,
                PROT_NONE,
                Mapping.MAP_PRIVATE | Mapping.MAP_ANONYMOUS | MAP_FIXED_NOREPLACE,
                -1,
                0);
        return taken == END_32 ? END_32 : FOUR_GIB;
    }

    /** {@return from where on nothing can be reached by an address of the convention} */
    long end() {
        return end;
    }

    @Override
    public UserBuffer take(int pages) {
        long size = (long) pages * PAGE;
        if (next + size + PAGE > SIZE) {
            throw new IllegalArgumentException("a scenario's blocks have " + SIZE + " bytes in all, guards included");
        }
        MemorySegment block = region.asSlice(next, size);
        protect(next + size, PROT_NONE);
        next += size + PAGE;
        return new UserBuffer(block.address(), block);
    }

    @Override
    public long handler() {
        if (!isExecutable) {
            throw new UsageException("this host refuses executable pages, so there is no handler");
        }
        return code.address();
    }

    @Override
    public void release() {
        long answer =
                raw.enter(Syscall.MPROTECT.number(Abi.X86_64), region.address(), next, Mapping.READ_WRITE, 0, 0, 0);
        if (answer != 0) {
            throw new IllegalStateException("mprotect answered " + answer);
        }
        region.asSlice(0, next).fill((byte) 0);
        next = 0;
    }

    private void protect(long offset, long protection) {
        long answer =
                raw.enter(Syscall.MPROTECT.number(Abi.X86_64), region.address() + offset, PAGE, protection, 0, 0, 0);
        if (answer != 0) {
            throw new IllegalStateException("mprotect answered " + answer);
        }
    }
}
