package dev.trapgate.host.elf;

import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An ELF executable for x86 that is nothing but headers and segments: no libraries, no sections, no symbols. Its stack
 * is not executable.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5)</a>
 */
public final class StaticExecutable {

    /** Where ld puts a program that is not position-independent. */
    private static final long LOAD_ADDRESS = 0x40_0000;

    private static final int PAGE_SIZE = 4096;

    private static final byte ELFDATA2LSB = 1;
    private static final int EV_CURRENT = 1;
    private static final short ET_EXEC = 2;
    private static final short EM_386 = 3;
    private static final short EM_X86_64 = 62;
    private static final int PT_LOAD = 1;

    /** Says how the stack may be used. Without it a program of i386 may execute all that it may read. */
    private static final int PT_GNU_STACK = 0x6474_e551;

    private final ElfClass elfClass;
    private final LoadSegment[] segments;
    private final int[] offsets;
    private final ByteBuffer image;

    private StaticExecutable(ElfClass elfClass, LoadSegment[] segments) {
        this.elfClass = elfClass;
        this.segments = segments.clone();
        this.offsets = new int[segments.length];
        int end = headersSize(elfClass, segments.length);
        for (int i = 0; i < segments.length; i++) {
            offsets[i] = end + (int) Math.floorMod(segments[i].address() - end, (long) PAGE_SIZE);
            end = offsets[i] + segments[i].contents().length;
        }
        this.image = ByteBuffer.allocate(end).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Builds the image of a 64-bit program that is one segment of code, which may be read and executed.
     *
     * @param code what the program does, from its first instruction on; it must end the process itself
     * @return the bytes of the file
     */
    public static byte[] of(MachineCode code) {
        long entry = LOAD_ADDRESS + headersSize(ElfClass.ELF64, 1);
        return of(ElfClass.ELF64, entry, LoadSegment.of(entry, Access.READ_EXECUTE, code.toByteArray()));
    }

    /**
     * Builds the image of a program of several segments.
     *
     * @param elfClass whether it starts in 32-bit code, as a program for i386, or in 64-bit code
     * @param entry the address of its first instruction
     * @param segments its memory, no two on one page, the lowest first
     * @return the bytes of the file
     */
    public static byte[] of(ElfClass elfClass, long entry, LoadSegment... segments) {
        StaticExecutable executable = new StaticExecutable(elfClass, segments);
        executable.putFileHeader(entry);
        for (int i = 0; i < segments.length; i++) {
            executable.putProgramHeader(PT_LOAD, segments[i], executable.offsets[i]);
        }
        executable.putProgramHeader(PT_GNU_STACK, new LoadSegment(0, 0, Access.READ_WRITE, new byte[0]), 0);
        for (int i = 0; i < segments.length; i++) {
            executable.image.put(executable.offsets[i], segments[i].contents());
        }
        return executable.image.array();
    }

    private static int headersSize(ElfClass elfClass, int segments) {
        return fileHeaderSize(elfClass) + (segments + 1) * programHeaderSize(elfClass);
    }

    private static int fileHeaderSize(ElfClass elfClass) {
        return elfClass == ElfClass.ELF64 ? 64 : 52;
    }

    private static int programHeaderSize(ElfClass elfClass) {
        return elfClass == ElfClass.ELF64 ? 56 : 32;
    }

    /** Elf32_Ehdr or Elf64_Ehdr: the same fields in the same order, addresses and offsets as wide as the class says. */
    private void putFileHeader(long entry) {
        boolean wide = elfClass == ElfClass.ELF64;
        image.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), ELFDATA2LSB, EV_CURRENT, 0})
                .putLong(0) // the rest of e_ident
                .putShort(ET_EXEC)
                .putShort(wide ? EM_X86_64 : EM_386)
                .putInt(EV_CURRENT);
        putWord(entry);
        putWord(fileHeaderSize(elfClass)); // e_phoff
        putWord(0); // e_shoff
        image.putInt(0) // e_flags
                .putShort((short) fileHeaderSize(elfClass))
                .putShort((short) programHeaderSize(elfClass))
                .putShort((short) (segments.length + 1))
                .putShort((short) 0) // e_shentsize
                .putShort((short) 0) // e_shnum
                .putShort((short) 0); // e_shstrndx
    }

    /** Elf32_Phdr or Elf64_Phdr, which have the flags in different places. */
    private void putProgramHeader(int type, LoadSegment segment, int offset) {
        boolean wide = elfClass == ElfClass.ELF64;
        image.putInt(type);
        if (wide) {
            image.putInt(segment.access().flags());
        }
        putWord(offset);
        putWord(segment.address()); // p_vaddr
        putWord(segment.address()); // p_paddr
        putWord(segment.contents().length);
        putWord(segment.size());
        if (!wide) {
            image.putInt(segment.access().flags());
        }
        putWord(PAGE_SIZE); // p_align
    }

    private void putWord(long value) {
        if (elfClass == ElfClass.ELF64) {
            image.putLong(value);
        } else {
            image.putInt((int) value);
        }
    }
}
