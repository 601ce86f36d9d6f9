package dev.trapgate.emulator.linux.fs.exec;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.mm.Mm;

/**
 * A program header: {@code Elf32_Phdr} or {@code Elf64_Phdr}.
 *
 * @param type PT_*
 * @param flags PF_*
 * @param offset where its bytes are in the file
 * @param address where they go
 * @param fileSize how many bytes the file has
 * @param memorySize how many bytes it takes in memory, the rest being zero
 * @param alignment what its address is aligned to
 */
record ProgramHeader(int type, int flags, long offset, long address, long fileSize, long memorySize, long alignment) {

    static final int PT_LOAD = 1;
    static final int PT_INTERP = 3;
    static final int PT_GNU_STACK = 0x6474_e551;
    static final int PF_X = 1;
    static final int PF_W = 2;
    static final int PF_R = 4;

    /** {@return its protection, bits of PROT_*: {@code make_prot}} */
    int protection() {
        return ((flags & PF_R) != 0 ? Mm.PROT_READ : 0)
                | ((flags & PF_W) != 0 ? Mm.PROT_WRITE : 0)
                | ((flags & PF_X) != 0 ? Mm.PROT_EXEC : 0);
    }

    /** {@return the start of its first page} */
    long pageStart() {
        return address & -PageFrames.PAGE_SIZE;
    }

    /** {@return the end of its memory} */
    long end() {
        return address + memorySize;
    }
}
