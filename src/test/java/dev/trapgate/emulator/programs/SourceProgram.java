package dev.trapgate.emulator.programs;

import dev.trapgate.host.elf.ExitProgram;
import dev.trapgate.host.elf.LoadSegment;
import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;

/** SOURCES.md, row 8: the example programs as ELF images. Each ends with 42. */
public enum SourceProgram {
    /** By {@code int $0x80} in 32-bit code. */
    EXIT_BY_INT_80(ElfClass.ELF32),
    /** By {@code call *AT_SYSINFO} in 32-bit code. */
    EXIT_BY_SYSINFO(ElfClass.ELF32),
    /** By {@code syscall} in 64-bit code. */
    EXIT_BY_SYSCALL(ElfClass.ELF64),
    /** Asks for its id by {@code call *%gs:0x10} and by {@code int $0x80}, and ends with 42 if both say the same. */
    GETPID_BY_GS(ElfClass.ELF32);

    private static final long CODE = 0x0804_8000L;
    private static final long DATA = 0x0805_0000L;

    /** Keeps AT_SYSINFO, found by walking past envp, where a C library does, in a thread area of its own. */
    private static final MachineCode GETPID = MachineCode.of(
            "8b 04 24", //                   mov eax, [esp]     argc
            "8d 74 84 08", //                lea esi, [esp+eax*4+8]
            "ad", //                      1: lodsd              the environment
            "85 c0", //                      test eax, eax
            "75 fb", //                      jne 1b
            "ad", //                      2: lodsd              a_type
            "89 c2", //                      mov edx, eax
            "ad", //                         lodsd              a_val
            "83 fa 20", //                   cmp edx, 32        AT_SYSINFO
            "75 f7", //                      jne 2b
            "a3 10 00 05 08", //             mov [DATA+0x10], eax
            "b8 f3 00 00 00", //             mov eax, 243       set_thread_area
            "bb 20 00 05 08", //             mov ebx, DATA+0x20
            "cd 80", //                      int 0x80
            "a1 20 00 05 08", //             mov eax, [DATA+0x20]
            "8d 04 c5 03 00 00 00", //       lea eax, [eax*8+3]
            "8e e8", //                      mov gs, eax
            "b8 14 00 00 00", //             mov eax, 20        getpid
            "65 ff 15 10 00 00 00", //       call *gs:0x10
            "89 c3", //                      mov ebx, eax
            "b8 14 00 00 00", //             mov eax, 20
            "cd 80", //                      int 0x80
            "31 c3", //                      xor ebx, eax
            "85 c0", //                      test eax, eax
            "7e 03", //                      jle 1f
            "83 c3 2a", //                   add ebx, 42
            "b8 01 00 00 00", //          1: mov eax, 1         exit
            "cd 80"); //                     int 0x80

    /** struct user_desc at 0x20: any entry, base DATA, limit in pages, 32 bits. */
    private static final byte[] THREAD_AREA = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, //
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, //
        -1, -1, -1, -1, 0, 0, 5, 8, -1, -1, 15, 0, 0x51, 0, 0, 0
    };

    private final ElfClass elfClass;

    SourceProgram(ElfClass elfClass) {
        this.elfClass = elfClass;
    }

    private static byte[] getpidByGs() {
        return StaticExecutable.of(
                ElfClass.ELF32,
                CODE,
                LoadSegment.of(CODE, Access.READ_EXECUTE, GETPID.toByteArray()),
                LoadSegment.of(DATA, Access.READ_WRITE, THREAD_AREA));
    }

    /** {@return whether it is a 32-bit program} */
    public boolean isNarrow() {
        return elfClass == ElfClass.ELF32;
    }

    /** {@return its executable file} */
    public byte[] image() {
        return switch (this) {
            case EXIT_BY_INT_80 -> ExitProgram.INT80.image(42);
            case EXIT_BY_SYSINFO -> ExitProgram.KERNEL_VSYSCALL.image(42);
            case EXIT_BY_SYSCALL -> ExitProgram.SYSCALL.image(42);
            case GETPID_BY_GS -> getpidByGs();
        };
    }
}
