package dev.trapgate.emulator.linux.fs.exec;

import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.mm.Mm;
import dev.trapgate.emulator.linux.mm.Vma;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Puts ELF programs in memory: {@code load_elf_binary} of fs/binfmt_elf.c, Linux 5.17, for programs that need no
 * interpreter.
 */
public final class BinfmtElf {

    private static final long PAGE = PageFrames.PAGE_SIZE;
    private static final long STACK_SIZE = 8L << 20;

    /** A quarter of the stack's limit: {@code bprm_stack_limits}. */
    private static final long STRINGS_LIMIT = STACK_SIZE / 4;

    private final LinuxBinprm bprm;
    private final ElfBinary binary;
    private final Personality personality;
    private final Mm mm;
    private long bias;
    private long programHeaders;
    private long end;

    private BinfmtElf(LinuxBinprm bprm, ElfBinary binary, Personality personality, Mm mm) {
        this.bprm = bprm;
        this.binary = binary;
        this.personality = personality;
        this.mm = mm;
    }

    /** Chooses a layout for programs of a width. */
    @FunctionalInterface
    public interface Personalities {

        /**
         * Chooses a layout.
         *
         * @param width 32- or 64-bit programs
         * @return the layout
         * @throws ExecException ENOEXEC if the kernel does not run such programs
         */
        Personality of(Width width) throws ExecException;
    }

    /**
     * Puts a program in memory, in place of what is there.
     *
     * @param bprm the program, its arguments and environment
     * @param personalities the kernel's layouts
     * @param mm where to put it
     * @param credentials whose rights it has
     * @return where it begins
     * @throws ExecException with what execve(2) would answer; the memory may have been changed then
     */
    public static LoadedProgram load(LinuxBinprm bprm, Personalities personalities, Mm mm, Credentials credentials)
            throws ExecException {
        ElfBinary binary = ElfBinary.of(bprm.contents());
        BinfmtElf loader = new BinfmtElf(bprm, binary, personalities.of(binary.width()), mm);
        loader.refuseInterpreter();
        loader.place();
        for (ProgramHeader header : binary.programHeaders()) {
            if (header.type() == ProgramHeader.PT_LOAD) {
                loader.map(header);
            }
        }
        mm.startBrk(Mm.pageUp(loader.end));
        return new LoadedProgram(
                binary.width(),
                binary.entry() + loader.bias,
                loader.stack(credentials).pointer());
    }

    private void refuseInterpreter() throws ExecException {
        for (ProgramHeader header : binary.programHeaders()) {
            if (header.type() == ProgramHeader.PT_INTERP) {
                throw new ExecException(Errno.ENOENT, "it is linked dynamically, and only static programs are run");
            }
        }
    }

    /** Position-independent programs go where all of their segments have room. */
    private void place() throws ExecException {
        List<ProgramHeader> loads = binary.programHeaders().stream()
                .filter(header -> header.type() == ProgramHeader.PT_LOAD)
                .toList();
        if (loads.isEmpty()) {
            throw new ExecException(Errno.EINVAL, "none of its segments is loaded");
        }
        long first = loads.getFirst().pageStart();
        if (binary.isPositionIndependent()) {
            bias = personality.dynamicBase() - first;
        }
        programHeaders = loads.getFirst().address() - loads.getFirst().offset() + binary.programHeaderOffset() + bias;
    }

    private void map(ProgramHeader header) throws ExecException {
        long address = header.address() + bias;
        boolean lies = Long.compareUnsigned(header.fileSize(), header.memorySize()) > 0
                || Long.compareUnsigned(header.memorySize(), mm.taskSize()) > 0
                || Long.compareUnsigned(address, mm.taskSize() - header.memorySize()) > 0;
        if (lies) {
            throw new ExecException(
                    Errno.EINVAL,
                    "a segment at 0x" + Long.toHexString(header.address())
                            + " lies outside the program's half, or is longer in the file than in memory");
        }
        if (((header.offset() ^ address) & PageFrames.PAGE_MASK) != 0) {
            throw new ExecException(
                    Errno.EINVAL, "a segment's offset in the file and its address differ within the page");
        }
        if (header.memorySize() == 0) {
            return;
        }
        long start = address & -PAGE;
        long fileEnd = Mm.pageUp(address + header.fileSize());
        long memoryEnd = Mm.pageUp(address + header.memorySize());
        if (header.fileSize() > 0) {
            mapFile(header, start, fileEnd);
        }
        long zeroStart = header.fileSize() > 0 ? fileEnd : start;
        if (memoryEnd > zeroStart) {
            // What the file does not have is brk's: anonymous, and executable if the segment is.
            mapOrFail(Vma.ofProgram(zeroStart, memoryEnd, header.protection(), ""), null);
        }
        end = Math.max(end, address + header.memorySize());
    }

    private void mapFile(ProgramHeader header, long start, long fileEnd) throws ExecException {
        long inPage = header.address() & PageFrames.PAGE_MASK;
        long from = header.offset() - inPage;
        if (from < 0 || from > binary.fileSize() || !mm.hasRoomFor((fileEnd - start) / PAGE)) {
            throw new ExecException(
                    from < 0 || from > binary.fileSize() ? Errno.ENOEXEC : Errno.ENOMEM,
                    "a segment is beyond the end of the file, or longer than the program's memory");
        }
        int pages = (int) ((fileEnd - start) / PAGE);
        PageFrames frames = new PageFrames(pages);
        // A page of the file is mapped as a whole; only what follows a segment that is zero at its end is cleared.
        long wanted = header.memorySize() > header.fileSize() ? inPage + header.fileSize() : pages * PAGE;
        long there = Math.min(wanted, binary.fileSize() - from);
        MemorySegment.copy(MemorySegment.ofArray(binary.bytes()), from, frames.bytes(), 0, there);
        mapOrFail(Vma.ofProgram(start, fileEnd, header.protection(), bprm.fileName()), frames);
    }

    private InitialStack stack(Credentials credentials) throws ExecException {
        InitialStack stack = InitialStack.of(
                bprm,
                personality,
                credentials,
                new InitialStack.Placement(
                        programHeaders, binary.programHeaderSize(), binary.programHeaderCount(), binary.entry() + bias),
                STRINGS_LIMIT);
        long top = personality.stackTop();
        int protection = stackProtection();
        mapOrFail(Vma.ofProgram(top - STACK_SIZE, stack.start(), protection, "[stack]"), null);
        PageFrames frames = new PageFrames((int) ((top - stack.start()) / PAGE));
        MemorySegment.copy(MemorySegment.ofArray(stack.bytes()), 0, frames.bytes(), 0, stack.bytes().length);
        mapOrFail(Vma.ofProgram(stack.start(), top, protection, "[stack]"), frames);
        return stack;
    }

    /** Without PT_GNU_STACK the stack of a 32-bit program may be executed. */
    private int stackProtection() {
        boolean executable = binary.programHeaders().stream()
                .filter(header -> header.type() == ProgramHeader.PT_GNU_STACK)
                .map(header -> (header.flags() & ProgramHeader.PF_X) != 0)
                .findFirst()
                .orElse(binary.width() == Width.BITS_32);
        return Mm.PROT_READ | Mm.PROT_WRITE | (executable ? Mm.PROT_EXEC : 0);
    }

    private void mapOrFail(Vma area, @org.jspecify.annotations.Nullable PageFrames frames) throws ExecException {
        if (!mm.map(area, frames)) {
            throw new ExecException(Errno.ENOMEM, "the program is larger than the memory that it may have");
        }
    }
}
