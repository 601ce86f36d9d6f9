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

    private final SyscallEntry raw;
    private final MemorySegment region;
    private final MemorySegment code;
    private final boolean isExecutable;
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
