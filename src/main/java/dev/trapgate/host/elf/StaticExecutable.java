package dev.trapgate.host.elf;

import dev.trapgate.host.stub.MachineCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A 64-bit ELF executable that is nothing but machine code: two headers, then the code, all in one segment that may be
 * read and executed.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5)</a>
 */
public final class StaticExecutable {

    private static final int FILE_HEADER_SIZE = 64;
    private static final int PROGRAM_HEADER_SIZE = 56;
    private static final int CODE_OFFSET = FILE_HEADER_SIZE + PROGRAM_HEADER_SIZE;

    /** Where ld puts a program that is not position-independent. */
    private static final long LOAD_ADDRESS = 0x40_0000;

    private static final int PAGE_SIZE = 4096;

    private static final byte ELFCLASS64 = 2;
    private static final byte ELFDATA2LSB = 1;
    private static final int EV_CURRENT = 1;
    private static final short ET_EXEC = 2;
    private static final short EM_X86_64 = 62;
    private static final int PT_LOAD = 1;
    private static final int PF_X = 1;
    private static final int PF_R = 4;

    private StaticExecutable() {}

    /**
     * Builds an image.
     *
     * @param code what the program does, from its first instruction on; it must end the process itself
     * @return the bytes of the file
     */
    public static byte[] of(MachineCode code) {
        byte[] text = code.toByteArray();
        ByteBuffer image = ByteBuffer.allocate(CODE_OFFSET + text.length).order(ByteOrder.LITTLE_ENDIAN);
        putFileHeader(image);
        putProgramHeader(image);
        return image.put(text).array();
    }

    private static void putFileHeader(ByteBuffer image) {
        image.put(new byte[] {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT, 0})
                .putLong(0) // the rest of e_ident
                .putShort(ET_EXEC)
                .putShort(EM_X86_64)
                .putInt(EV_CURRENT)
                .putLong(LOAD_ADDRESS + CODE_OFFSET) // e_entry
                .putLong(FILE_HEADER_SIZE) // e_phoff
                .putLong(0) // e_shoff
                .putInt(0) // e_flags
                .putShort((short) FILE_HEADER_SIZE)
                .putShort((short) PROGRAM_HEADER_SIZE)
                .putShort((short) 1) // e_phnum
                .putShort((short) 0) // e_shentsize
                .putShort((short) 0) // e_shnum
                .putShort((short) 0); // e_shstrndx
    }

    private static void putProgramHeader(ByteBuffer image) {
        image.putInt(PT_LOAD)
                .putInt(PF_R | PF_X)
                .putLong(0) // p_offset
                .putLong(LOAD_ADDRESS) // p_vaddr
                .putLong(LOAD_ADDRESS) // p_paddr
                .putLong(image.capacity()) // p_filesz
                .putLong(image.capacity()) // p_memsz
                .putLong(PAGE_SIZE); // p_align
    }
}
