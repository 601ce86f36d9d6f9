package dev.trapgate.host.i386;

import dev.trapgate.host.elf.LoadSegment;
import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * The program of the 32-bit companion process: a server of system calls that needs no library.
 *
 * <p>Its arguments are the files for the region that it shares with the JVM, for standard input and for standard error.
 * It finds AT_SYSINFO by walking the stack past argv and envp, as programs did before getauxval(3), and keeps it at
 * {@code %gs:0x10}, as glibc does. Then it reads requests from the pipe it was given as standard input and writes a reply
 * to each to the one it was given as standard error; both are moved to high descriptors first, so that calls may use 0, 1
 * and 2. Standard output is the JVM's own. It ends with the JVM.
 *
 * <p>A request is nine words: a {@link CompanionWay}, a count, a number or address, six arguments. A reply is {@link #REPLY_SIZE}
 * bytes: the result of the last repetition, the stage at which the start failed or 0, the time-stamp counter's advance
 * over all repetitions as 64 bits, the addresses of the auxiliary vector and of {@code __kernel_vsyscall} or 0.
 */
final class CompanionProgram {

    /** Where the companion sees the region it shares with the JVM. */
    static final long REGION = 0x2000_0000L;
    /** The region's size in bytes. */
    static final long REGION_SIZE = 64L << 20;
    /** A request's size in bytes. */
    static final int REQUEST_SIZE = 36;
    /** A reply's size in bytes. */
    static final int REPLY_SIZE = 24;

    private static final long CODE = 0x0804_9000L;
    private static final long DATA = 0x0804_a000L;
    private static final int DATA_SIZE = 4096;

    // Where the data segment has what the code names. Below 0x60 lie the request and the reply.
    private static final int DESCRIPTOR = 0x90;
    private static final int THREAD_CONTROL_BLOCK = 0xc0;
    private static final int DEV_NULL = 0x100;

    /** Flags of {@code struct user_desc}: seg_32bit, limit_in_pages, useable. */
    private static final int FLAT_DATA = 0x51;

    /** What happens once: the vector is found, the pipes are moved away, memory and thread area set up. */
    private static final MachineCode START = MachineCode.of(
            "fc", //                         cld
            "89 e5", //                      mov ebp, esp
            "8b 4d 00", //                   mov ecx, [ebp]                    argc
            "8d 74 8d 08", //                lea esi, [ebp+ecx*4+8]            envp, behind argv and its NULL
            "ad", //                         L1: lodsd
            "85 c0", //                      test eax, eax
            "75 fb", //                      jne L1
            "89 35 8c a0 04 08", //          mov [auxv], esi                   the vector, behind envp's NULL
            "ad", //                         L2: lodsd
            "89 c2", //                      mov edx, eax
            "ad", //                         lodsd
            "83 fa 20", //                   cmp edx, 32                       AT_SYSINFO
            "75 05", //                      jne L3
            "a3 88 a0 04 08", //             mov [sysinfo], eax
            "85 d2", //                      L3: test edx, edx
            "75 ee", //                      jne L2
            "b8 ac 00 00 00", //             mov eax, 172                      prctl(PR_SET_PDEATHSIG, SIGKILL)
            "bb 01 00 00 00", //             mov ebx, 1
            "b9 09 00 00 00", //             mov ecx, 9
            "cd 80", //                      int 0x80
            "31 db", //                      xor ebx, ebx
            "e8 67 01 00 00", //             call away
            "a3 80 a0 04 08", //             mov [in], eax
            "b3 02", //                      mov bl, 2
            "e8 5b 01 00 00", //             call away
            "a3 84 a0 04 08", //             mov [out], eax
            "8b 5d 08", //                   mov ebx, [ebp+8]                  argv[1], the shared region
            "b9 02 00 00 00", //             mov ecx, 2                        O_RDWR
            "e8 58 01 00 00", //             call open
            "89 c7", //                      mov edi, eax
            "be 01 00 00 00", //             mov esi, 1                        stage 1
            "85 c0", //                      test eax, eax
            "0f 88 b2 00 00 00", //          js reply
            "bb 00 00 00 20", //             mov ebx, 0x20000000
            "b9 00 00 00 04", //             mov ecx, 0x4000000                64 MiB
            "ba 03 00 00 00", //             mov edx, 3                        PROT_READ | PROT_WRITE
            "be 11 00 00 00", //             mov esi, 17                       MAP_SHARED | MAP_FIXED
            "55", //                         push ebp
            "31 ed", //                      xor ebp, ebp
            "b8 c0 00 00 00", //             mov eax, 192                      mmap2
            "cd 80", //                      int 0x80
            "5d", //                         pop ebp
            "be 02 00 00 00", //             mov esi, 2                        stage 2
            "3d 00 00 00 20", //             cmp eax, 0x20000000
            "0f 85 83 00 00 00", //          jne reply
            "89 fb", //                      mov ebx, edi
            "b8 06 00 00 00", //             mov eax, 6                        close
            "cd 80", //                      int 0x80
            "31 ff", //                      xor edi, edi
            "89 fb", //                      L4: mov ebx, edi
            "b8 06 00 00 00", //             mov eax, 6                        close
            "cd 80", //                      int 0x80
            "8b 5c 7d 0c", //                mov ebx, [ebp+edi*2+12]           argv[2] as 0, argv[3] as 2
            "31 c9", //                      xor ecx, ecx
            "85 ff", //                      test edi, edi
            "74 05", //                      je L5
            "b9 01 04 00 00", //             mov ecx, 0x401                    O_WRONLY | O_APPEND
            "e8 f2 00 00 00", //             L5: call open
            "85 c0", //                      test eax, eax
            "79 0f", //                      jns L6
            "bb 00 a1 04 08", //             mov ebx, dev_null
            "b9 02 00 00 00", //             mov ecx, 2                        O_RDWR
            "e8 df 00 00 00", //             call open
            "83 c7 02", //                   L6: add edi, 2
            "83 ff 04", //                   cmp edi, 4
            "75 c8", //                      jne L4
            "bb 90 a0 04 08", //             mov ebx, descriptor
            "b8 f3 00 00 00", //             mov eax, 243                      set_thread_area
            "cd 80", //                      int 0x80
            "be 03 00 00 00", //             mov esi, 3                        stage 3
            "85 c0", //                      test eax, eax
            "78 2b", //                      js reply
            "a1 90 a0 04 08", //             mov eax, [descriptor]
            "8d 04 c5 03 00 00 00", //       lea eax, [eax*8+3]                the entry's selector
            "8e e8", //                      mov gs, eax
            "a1 88 a0 04 08", //             mov eax, [sysinfo]
            "a3 d0 a0 04 08", //             mov [tcb + 16], eax
            "a3 54 a0 04 08", //             mov [entry], eax
            "a1 8c a0 04 08", //             mov eax, [auxv]
            "a3 50 a0 04 08", //             mov [vector], eax
            "31 c0", //                      xor eax, eax
            "31 f6"); //                     xor esi, esi

    /** Answers, then takes the next request, times it, and comes back. */
    private static final MachineCode SERVE = MachineCode.of(
            "a3 40 a0 04 08", //             mov [result], eax
            "89 35 44 a0 04 08", //          mov [stage], esi
            "8b 1d 84 a0 04 08", //          mov ebx, [out]
            "b9 40 a0 04 08", //             mov ecx, result
            "ba 18 00 00 00", //             mov edx, 24
            "b8 04 00 00 00", //             mov eax, 4                        write
            "cd 80", //                      int 0x80
            "8b 1d 80 a0 04 08", //          mov ebx, [in]
            "b9 00 a0 04 08", //             mov ecx, way
            "ba 24 00 00 00", //             mov edx, 36
            "b8 03 00 00 00", //             mov eax, 3                        read
            "cd 80", //                      int 0x80
            "83 f8 24", //                   cmp eax, 36
            "75 41", //                      jne over                          the JVM is gone
            "0f ae e8", //                   lfence
            "0f 31", //                      rdtsc
            "a3 48 a0 04 08", //             mov [cycles], eax
            "89 15 4c a0 04 08", //          mov [cycles + 4], edx
            "8b 15 00 a0 04 08", //          mov edx, [way]
            "ff 14 95 77 92 04 08", //       call [edx*4 + ways]
            "89 c7", //                      mov edi, eax
            "0f ae e8", //                   lfence
            "0f 31", //                      rdtsc
            "2b 05 48 a0 04 08", //          sub eax, [cycles]
            "1b 15 4c a0 04 08", //          sbb edx, [cycles + 4]
            "a3 48 a0 04 08", //             mov [cycles], eax
            "89 15 4c a0 04 08", //          mov [cycles + 4], edx
            "89 f8", //                      mov eax, edi
            "31 f6", //                      xor esi, esi
            "eb 81"); //                     jmp reply

    /** Ends the process. */
    private static final MachineCode END = MachineCode.of(
            "31 db", //                      xor ebx, ebx
            "b8 fc 00 00 00", //             mov eax, 252                      exit_group
            "cd 80"); //                     int 0x80

    /** Moves a descriptor away from the standard ones. */
    private static final MachineCode AWAY = MachineCode.of(
            "31 c9", //                      xor ecx, ecx
            "ba c8 00 00 00", //             mov edx, 200
            "b8 37 00 00 00", //             mov eax, 55                       fcntl(ebx, F_DUPFD, 200)
            "cd 80", //                      int 0x80
            "c3"); //                        ret

    /** Opens a file. */
    private static final MachineCode OPEN = MachineCode.of(
            "b8 05 00 00 00", //             mov eax, 5                        open
            "cd 80", //                      int 0x80
            "c3"); //                        ret

    /** Loads the arguments' registers. */
    private static final MachineCode ARGUMENTS = MachineCode.of(
            "8b 1d 0c a0 04 08", //          mov ebx, [a1]
            "8b 0d 10 a0 04 08", //          mov ecx, [a2]
            "8b 15 14 a0 04 08", //          mov edx, [a3]
            "8b 35 18 a0 04 08", //          mov esi, [a4]
            "8b 3d 1c a0 04 08", //          mov edi, [a5]
            "8b 2d 20 a0 04 08", //          mov ebp, [a6]
            "c3"); //                        ret

    /** {@code int $0x80}, count times. */
    private static final MachineCode BY_INT80 = MachineCode.of(
            "e8 d6 ff ff ff", //             call arguments
            "a1 08 a0 04 08", //             L7: mov eax, [number]
            "cd 80", //                      int 0x80
            "ff 0d 04 a0 04 08", //          dec [count]
            "75 f1", //                      jne L7
            "c3"); //                        ret

    /** {@code __kernel_vsyscall} by AT_SYSINFO, count times. */
    private static final MachineCode BY_VSYSCALL = MachineCode.of(
            "e8 c1 ff ff ff", //             call arguments
            "a1 08 a0 04 08", //             L8: mov eax, [number]
            "ff 15 88 a0 04 08", //          call [sysinfo]
            "ff 0d 04 a0 04 08", //          dec [count]
            "75 ed", //                      jne L8
            "c3"); //                        ret

    /** {@code __kernel_vsyscall} by the thread area, count times. */
    private static final MachineCode BY_GS = MachineCode.of(
            "e8 a8 ff ff ff", //             call arguments
            "a1 08 a0 04 08", //             L10: mov eax, [number]
            "65 ff 15 10 00 00 00", //       call gs:[16]                      where glibc keeps AT_SYSINFO
            "ff 0d 04 a0 04 08", //          dec [count]
            "75 ec", //                      jne L10
            "c3"); //                        ret

    /** A C function, count times: arguments on the stack. */
    private static final MachineCode BY_FUNCTION = MachineCode.of(
            "ff 35 20 a0 04 08", //          push [a6]
            "ff 35 1c a0 04 08", //          push [a5]
            "ff 35 18 a0 04 08", //          push [a4]
            "ff 35 14 a0 04 08", //          push [a3]
            "ff 35 10 a0 04 08", //          push [a2]
            "ff 35 0c a0 04 08", //          push [a1]
            "ff 15 08 a0 04 08", //          call [number]
            "83 c4 18", //                   add esp, 24
            "ff 0d 04 a0 04 08", //          dec [count]
            "75 cb", //                      jne byFunction
            "c3"); //                        ret

    /** Copies a3 bytes from a2 to a1. */
    private static final MachineCode COPY = MachineCode.of(
            "8b 3d 0c a0 04 08", //          mov edi, [a1]
            "8b 35 10 a0 04 08", //          mov esi, [a2]
            "8b 0d 14 a0 04 08", //          mov ecx, [a3]
            "f3 a4", //                      rep movsb
            "31 c0", //                      xor eax, eax
            "c3"); //                        ret

    private CompanionProgram() {}

    /** {@return the program as an ELF32 executable} */
    static byte[] image() {
        return StaticExecutable.of(
                ElfClass.ELF32,
                CODE,
                LoadSegment.of(CODE, Access.READ_EXECUTE, code()),
                new LoadSegment(DATA, DATA_SIZE, Access.READ_WRITE, data()));
    }

    private static byte[] code() {
        MachineCode[] routines = {BY_INT80, BY_VSYSCALL, BY_GS, BY_FUNCTION, COPY};
        MachineCode before = Stream.of(START, SERVE, END, AWAY, OPEN, ARGUMENTS)
                .reduce(MachineCode::then)
                .orElseThrow();
        MachineCode all = Stream.of(routines).reduce(before, MachineCode::then);
        ByteBuffer code = ByteBuffer.allocate(all.toByteArray().length + 4 * routines.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(all.toByteArray());
        long address = CODE + before.toByteArray().length;
        for (MachineCode routine : routines) {
            code.putInt((int) address); // ways
            address += routine.toByteArray().length;
        }
        return code.array();
    }

    private static byte[] data() {
        return ByteBuffer.allocate(DATA_SIZE)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(DESCRIPTOR, -1) // any free entry
                .putInt(DESCRIPTOR + 4, (int) DATA + THREAD_CONTROL_BLOCK)
                .putInt(DESCRIPTOR + 8, 0xf_ffff)
                .putInt(DESCRIPTOR + 12, FLAT_DATA)
                .put(DEV_NULL, "/dev/null\0".getBytes(StandardCharsets.US_ASCII))
                .array();
    }
}
