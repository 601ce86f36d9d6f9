package dev.trapgate.host.elf;

import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;

/** The least program: it calls exit(2), by one way into the kernel each. */
public enum ExitProgram {
    /** By {@code int $0x80} in 32-bit code. */
    INT80(
            ElfClass.ELF32,
            "b8 01 00 00 00", // mov eax, 1    exit
            "cd 80"), //        int 0x80
    /** By {@code call *AT_SYSINFO} in 32-bit code, the entry found behind argv and envp. */
    KERNEL_VSYSCALL(
            ElfClass.ELF32,
            "8b 0c 24", //       mov ecx, [esp]             argc
            "8d 74 8c 08", //    lea esi, [esp+ecx*4+8]     envp
            "ad", //             1: lodsd
            "85 c0", //          test eax, eax
            "75 fb", //          jnz 1b
            "ad", //             2: lodsd                   a type
            "89 c2", //          mov edx, eax
            "ad", //             lodsd                      its value
            "83 fa 20", //       cmp edx, 32                AT_SYSINFO
            "74 04", //          je 3f
            "85 d2", //          test edx, edx
            "75 f3", //          jnz 2b
            "89 c2", //          3: mov edx, eax            0 where there is none: the call faults
            "b8 01 00 00 00", // mov eax, 1                 exit
            "ff d2"), //        call edx
    /** By {@code syscall} in 64-bit code. */
    SYSCALL(
            ElfClass.ELF64,
            "b8 3c 00 00 00", // mov eax, 60   exit
            "0f 05"); //        syscall

    private static final long CODE = 0x0804_9000L;

    private final ElfClass elfClass;
    private final String exit;

    ExitProgram(ElfClass elfClass, String... exit) {
        this.elfClass = elfClass;
        this.exit = String.join(" ", exit);
    }

    /**
     * Builds the program.
     *
     * @param status what it exits with, 0 to 127
     * @return the bytes of its executable file
     * @throws IllegalArgumentException if the status is outside that range
     */
    public byte[] image(int status) {
        if (status < 0 || status > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("an exit status of " + status + "; 0 to 127 can be built");
        }
        String number = String.format("%02x 00 00 00", status);
        MachineCode argument = elfClass == ElfClass.ELF32
                ? MachineCode.of("bb " + number) //  mov ebx, status
                : MachineCode.of("bf " + number); // mov edi, status
        return StaticExecutable.of(
                elfClass,
                CODE,
                LoadSegment.of(
                        CODE,
                        LoadSegment.Access.READ_EXECUTE,
                        argument.then(MachineCode.of(exit)).toByteArray()));
    }
}
