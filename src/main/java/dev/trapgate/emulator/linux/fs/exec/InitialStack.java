package dev.trapgate.emulator.linux.fs.exec;

import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.fs.exec.Personality.AuxiliaryEntries;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.Rseq;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * What a program finds on its stack: {@code copy_strings} of fs/exec.c and {@code create_elf_tables} of fs/binfmt_elf.c.
 * From the top down: a null word, the file's name, the environment's and the arguments' strings, the platform's name, sixteen
 * random bytes; then, aligned to 16, the auxiliary vector, envp, argv, argc.
 */
final class InitialStack {

    private static final int MAX_ARG_STRLEN = 131_072;
    private static final int RANDOM_BYTES = 16;
    private static final long ALIGNMENT = 16;

    private static final int AT_NULL = 0;
    private static final int AT_PHDR = 3;
    private static final int AT_PHENT = 4;
    private static final int AT_PHNUM = 5;
    private static final int AT_PAGESZ = 6;
    private static final int AT_BASE = 7;
    private static final int AT_FLAGS = 8;
    private static final int AT_ENTRY = 9;
    private static final int AT_UID = 11;
    private static final int AT_EUID = 12;
    private static final int AT_GID = 13;
    private static final int AT_EGID = 14;
    private static final int AT_PLATFORM = 15;
    private static final int AT_HWCAP = 16;
    private static final int AT_CLKTCK = 17;
    private static final int AT_SECURE = 23;
    private static final int AT_RANDOM = 25;
    private static final int AT_HWCAP2 = 26;
    private static final int AT_RSEQ_FEATURE_SIZE = 27;
    private static final int AT_RSEQ_ALIGN = 28;
    private static final int AT_EXECFN = 31;
    private static final int AT_SYSINFO = 32;
    private static final int AT_SYSINFO_EHDR = 33;
    private static final int AT_MINSIGSTKSZ = 51;
    private static final int USER_HZ = 100;

    /** {@code max_frame_size} of arch/x86/kernel/signal.c, where FXSAVE is all that there is to save. */
    private static final int MAX_FRAME_SIZE = 1440;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Personality personality;
    private final ByteBuffer image;

    /** The address of the image's first byte. */
    private final long start;

    private long pointer;

    private InitialStack(Personality personality, int size) {
        this.personality = personality;
        this.start = personality.stackTop() - size;
        this.image = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        this.pointer = personality.stackTop() - personality.wordSize();
    }

    /** Where a program was loaded, as its auxiliary vector tells it. */
    record Placement(long programHeaders, int programHeaderSize, int programHeaderCount, long entry) {}

    /**
     * Makes the end of a program's stack.
     *
     * @param bprm what is executed
     * @param personality for what kind of program
     * @param credentials whose rights it has
     * @param placement where it is
     * @param limit how many bytes the stack may have at the beginning
     * @return the stack
     * @throws ExecException E2BIG if the strings are too long
     */
    static InitialStack of(
            LinuxBinprm bprm, Personality personality, Credentials credentials, Placement placement, long limit)
            throws ExecException {
        long strings = 0;
        List<String> all = new ArrayList<>(bprm.arguments());
        all.addAll(bprm.environment());
        for (String string : all) {
            int length = bprm.bytes(string).length;
            if (length > MAX_ARG_STRLEN) {
                throw new ExecException(Errno.E2BIG, "an argument or variable has " + (length - 1) + " bytes");
            }
            strings += length + personality.wordSize();
        }
        if (strings > limit) {
            throw new ExecException(Errno.E2BIG, "the arguments and the environment take " + strings + " bytes");
        }
        long size = strings + bprm.bytes(bprm.fileName()).length + 4L * PageFrames.PAGE_SIZE;
        InitialStack stack = new InitialStack(personality, (int) (size & -PageFrames.PAGE_SIZE));
        stack.fill(bprm, credentials, placement);
        return stack;
    }

    /** {@return the address of the argument count} */
    long pointer() {
        return pointer;
    }

    /** {@return the address of the first byte of {@link #bytes}, the start of a page} */
    long start() {
        return start;
    }

    /** {@return the stack's end, from {@link #start} to its top} */
    byte[] bytes() {
        return image.array();
    }

    private void fill(LinuxBinprm bprm, Credentials credentials, Placement placement) {
        long fileName = push(bprm.bytes(bprm.fileName()));
        List<Long> environment = pushAll(bprm, bprm.environment());
        List<Long> arguments = pushAll(bprm, bprm.arguments());
        pointer &= -ALIGNMENT;
        long platform = push(bprm.bytes(personality.platform()));
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        long randomBytes = push(random);
        List<Long> words = new ArrayList<>();
        words.add((long) arguments.size());
        words.addAll(arguments);
        words.add(0L);
        words.addAll(environment);
        words.add(0L);
        words.addAll(auxiliaryVector(credentials, placement, randomBytes, fileName, platform));
        pointer = (pointer - (long) words.size() * personality.wordSize()) & -ALIGNMENT;
        long at = pointer;
        for (long word : words) {
            put(at, word);
            at += personality.wordSize();
        }
    }

    /** In the kernel's order: ARCH_DLINFO first. */
    private List<Long> auxiliaryVector(
            Credentials credentials, Placement placement, long random, long fileName, long platform) {
        List<Long> vector = new ArrayList<>();
        if (personality.kernelVsyscall() != 0) {
            add(vector, AT_SYSINFO, personality.kernelVsyscall());
        }
        if (personality.vdso() != 0) {
            add(vector, AT_SYSINFO_EHDR, personality.vdso());
        }
        AuxiliaryEntries entries = personality.entries();
        if (entries == AuxiliaryEntries.LINUX_6_3) {
            add(vector, AT_MINSIGSTKSZ, MAX_FRAME_SIZE);
        }
        add(vector, AT_HWCAP, personality.hardwareCapabilities() & 0xffff_ffffL);
        add(vector, AT_PAGESZ, PageFrames.PAGE_SIZE);
        add(vector, AT_CLKTCK, USER_HZ);
        add(vector, AT_PHDR, placement.programHeaders());
        add(vector, AT_PHENT, placement.programHeaderSize());
        add(vector, AT_PHNUM, placement.programHeaderCount());
        add(vector, AT_BASE, 0);
        add(vector, AT_FLAGS, 0);
        add(vector, AT_ENTRY, placement.entry());
        add(vector, AT_UID, credentials.uid());
        add(vector, AT_EUID, credentials.euid());
        add(vector, AT_GID, credentials.gid());
        add(vector, AT_EGID, credentials.egid());
        add(vector, AT_SECURE, 0);
        if (entries != AuxiliaryEntries.LINUX_2_6_18) {
            add(vector, AT_RANDOM, random);
            add(vector, AT_HWCAP2, 0);
            add(vector, AT_EXECFN, fileName);
        }
        add(vector, AT_PLATFORM, platform);
        if (entries == AuxiliaryEntries.LINUX_6_3) {
            add(vector, AT_RSEQ_FEATURE_SIZE, Rseq.FEATURE_SIZE);
            add(vector, AT_RSEQ_ALIGN, Rseq.ALIGNMENT);
        }
        add(vector, AT_NULL, 0);
        return vector;
    }

    private static void add(List<Long> vector, int type, long value) {
        vector.add((long) type);
        vector.add(value);
    }

    private void put(long address, long word) {
        int at = (int) (address - start);
        if (personality.wordSize() == Long.BYTES) {
            image.putLong(at, word);
        } else {
            image.putInt(at, (int) word);
        }
    }

    /** {@return the strings' addresses; the first string is the lowest} */
    private List<Long> pushAll(LinuxBinprm bprm, List<String> strings) {
        List<Long> addresses = new ArrayList<>();
        for (String string : strings.reversed()) {
            addresses.addFirst(push(bprm.bytes(string)));
        }
        return addresses;
    }

    private long push(byte[] bytes) {
        pointer -= bytes.length;
        image.put((int) (pointer - start), bytes);
        return pointer;
    }
}
