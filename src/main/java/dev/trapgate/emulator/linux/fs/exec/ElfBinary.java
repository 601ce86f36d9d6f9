package dev.trapgate.emulator.linux.fs.exec;

import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** An ELF file's headers, checked as {@code load_elf_binary} and {@code load_elf_phdrs} do. */
final class ElfBinary {

    private static final int MAGIC = 0x464c_457f;
    private static final int ELFCLASS32 = 1;
    private static final int ELFCLASS64 = 2;
    private static final int ET_EXEC = 2;
    private static final int ET_DYN = 3;
    private static final int EM_386 = 3;
    private static final int EM_486 = 6;
    private static final int EM_X86_64 = 62;
    private static final int HEADER_SIZE_32 = 52;
    private static final int HEADER_SIZE_64 = 64;
    private static final int MOST_HEADER_BYTES = 65_536;

    private final byte[] bytes;
    private final ByteBuffer file;
    private final Width width;
    private final List<ProgramHeader> programHeaders;

    private ElfBinary(byte[] bytes, ByteBuffer file, Width width) throws ExecException {
        this.bytes = bytes;
        this.file = file;
        this.width = width;
        this.programHeaders = readProgramHeaders();
    }

    /**
     * Reads a file's headers.
     *
     * @param bytes the file's contents
     * @return the binary
     * @throws ExecException ENOEXEC if it is none that x86 executes
     */
    static ElfBinary of(byte[] bytes) throws ExecException {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < HEADER_SIZE_32 || file.getInt(0) != MAGIC) {
            throw noExec("the file does not begin as an ELF image does");
        }
        int elfClass = file.get(4);
        boolean wide = elfClass == ELFCLASS64;
        if (!wide && elfClass != ELFCLASS32) {
            throw noExec("its ELF class is " + elfClass + ", neither 1 (32 bits) nor 2 (64 bits)");
        }
        if (wide && bytes.length < HEADER_SIZE_64) {
            throw noExec("the file ends within its ELF header");
        }
        int type = file.getShort(16);
        if (type != ET_EXEC && type != ET_DYN) {
            throw noExec("its ELF type is " + type + ", neither an executable nor a shared object");
        }
        int machine = file.getShort(18) & 0xffff;
        boolean fits = wide ? machine == EM_X86_64 : machine == EM_386 || machine == EM_486;
        if (!fits) {
            throw noExec("its machine is " + machine + ", which is not the x86 of its class");
        }
        return new ElfBinary(bytes, file, wide ? Width.BITS_64 : Width.BITS_32);
    }

    private static ExecException noExec(String reason) {
        return new ExecException(Errno.ENOEXEC, reason);
    }

    private List<ProgramHeader> readProgramHeaders() throws ExecException {
        boolean wide = width == Width.BITS_64;
        int size = file.getShort(wide ? 54 : 42) & 0xffff;
        if (size != programHeaderSize()) {
            throw noExec("its program headers are of " + size + " bytes, not " + programHeaderSize());
        }
        int bytes = programHeaderCount() * size;
        if (bytes == 0 || bytes > MOST_HEADER_BYTES) {
            throw noExec("it has " + programHeaderCount() + " program headers");
        }
        long offset = programHeaderOffset();
        if (offset < 0 || offset > file.capacity() - bytes) {
            throw noExec("its program headers lie beyond the end of the file");
        }
        List<ProgramHeader> headers = new ArrayList<>();
        for (int i = 0; i < programHeaderCount(); i++) {
            headers.add(programHeader((int) offset + i * size));
        }
        return headers;
    }

    private ProgramHeader programHeader(int at) {
        if (width == Width.BITS_64) {
            return new ProgramHeader(
                    file.getInt(at),
                    file.getInt(at + 4),
                    file.getLong(at + 8),
                    file.getLong(at + 16),
                    file.getLong(at + 32),
                    file.getLong(at + 40),
                    file.getLong(at + 48));
        }
        return new ProgramHeader(
                file.getInt(at),
                file.getInt(at + 24),
                word(at + 4),
                word(at + 8),
                word(at + 16),
                word(at + 20),
                word(at + 28));
    }

    private long word(int at) {
        return file.getInt(at) & 0xffff_ffffL;
    }

    Width width() {
        return width;
    }

    boolean isPositionIndependent() {
        return file.getShort(16) == ET_DYN;
    }

    long entry() {
        return width == Width.BITS_64 ? file.getLong(24) : word(24);
    }

    long programHeaderOffset() {
        return width == Width.BITS_64 ? file.getLong(32) : word(28);
    }

    int programHeaderSize() {
        return width == Width.BITS_64 ? 56 : 32;
    }

    int programHeaderCount() {
        return file.getShort(width == Width.BITS_64 ? 56 : 44) & 0xffff;
    }

    List<ProgramHeader> programHeaders() {
        return programHeaders;
    }

    /** {@return how long the file is, in bytes} */
    int fileSize() {
        return file.capacity();
    }

    byte[] bytes() {
        return bytes;
    }
}
