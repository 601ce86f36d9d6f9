package dev.trapgate.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.IoVectors;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Scratch;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An array of {@code struct mmsghdr} in scratch memory, the first field of each a {@code struct msghdr}.
 *
 * @param kernel for whom
 * @param scratch the memory
 * @param layout where the fields are
 */
record MessageHeaders(Kernel kernel, Scratch scratch, MessageLayout layout) {

    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    /** SCM_MAX_FD of include/net/scm.h. */
    private static final int MOST_DESCRIPTORS = 253;

    MessageHeaders(Kernel kernel, Scratch scratch) {
        this(kernel, scratch, MessageLayout.in(kernel.abi()));
    }

    /** {@return where the array is, zeroed} */
    long room(int count) {
        return scratch.zeroed(layout.several() * count, Long.BYTES);
    }

    long at(long array, int index) {
        return array + layout.several() * index;
    }

    /** {@return how many bytes one of several messages has} */
    int length(long message) {
        return scratch.at(message, layout.several()).get(Layouts.INT, layout.size());
    }

    void write(long message, Optional<Address> to, IoVectors vectors, int count) {
        if (to.isEmpty()) {
            write(message, 0, 0, vectors, count);
            return;
        }
        long name = scratch.zeroed(Address.LARGEST, Long.BYTES);
        write(message, name, to.get().write(scratch.at(name, Address.LARGEST)), vectors, count);
    }

    void write(long message, long name, int nameLength, IoVectors vectors, int count) {
        Abi abi = kernel.abi();
        MemorySegment header = scratch.at(message, layout.size());
        IoVectors.putWord(abi, header, layout.name(), name);
        header.set(Layouts.INT, layout.nameLength(), nameLength);
        IoVectors.putWord(abi, header, layout.vectors(), vectors.address());
        IoVectors.putWord(abi, header, layout.vectorCount(), count);
    }

    /** Gives a message room for an address and descriptors. */
    void writeToReceive(long message, IoVectors vectors, int count) {
        long name = scratch.zeroed(Address.LARGEST, Long.BYTES);
        write(message, name, (int) Address.LARGEST, vectors, count);
        long size = controlSize(MOST_DESCRIPTORS);
        control(message, scratch.zeroed(size, Long.BYTES), size);
    }

    private void control(long message, long address, long size) {
        MemorySegment header = scratch.at(message, layout.size());
        IoVectors.putWord(kernel.abi(), header, layout.control(), address);
        IoVectors.putWord(kernel.abi(), header, layout.controlLength(), size);
    }

    private long controlSize(int descriptors) {
        return layout.aligned(layout.head() + (long) descriptors * Integer.BYTES);
    }

    /** Passes descriptors with a message. */
    void attach(long message, int[] numbers) {
        if (numbers.length == 0) {
            return;
        }
        long size = controlSize(numbers.length);
        long address = scratch.zeroed(size, Long.BYTES);
        MemorySegment control = scratch.at(address, size);
        IoVectors.putWord(kernel.abi(), control, 0, layout.head() + (long) numbers.length * Integer.BYTES);
        control.set(Layouts.INT, layout.word(), SOL_SOCKET);
        control.set(Layouts.INT, layout.word() + Integer.BYTES, SCM_RIGHTS);
        for (int index = 0; index < numbers.length; index++) {
            control.set(Layouts.INT, layout.head() + (long) index * Integer.BYTES, numbers[index]);
        }
        control(message, address, size);
    }

    /** {@return what came with a message} */
    Received received(long message, long count) {
        MemorySegment header = scratch.at(message, layout.size());
        long name = word(header, layout.name());
        return new Received(
                count,
                new MessageFlags(header.get(Layouts.INT, layout.flags()) & ~MessageFlags.MSG_CMSG_CLOEXEC.bits()),
                Address.read(scratch.at(name, Address.LARGEST), header.get(Layouts.INT, layout.nameLength())),
                descriptors(scratch.at(word(header, layout.control()), word(header, layout.controlLength()))));
    }

    private long word(MemorySegment memory, long offset) {
        return kernel.abi() == Abi.I386
                ? Integer.toUnsignedLong(memory.get(Layouts.INT, offset))
                : memory.get(Layouts.LONG, offset);
    }

    private List<FileDescriptor> descriptors(MemorySegment control) {
        List<FileDescriptor> descriptors = new ArrayList<>();
        long at = 0;
        while (at + layout.head() <= control.byteSize()) {
            long length = word(control, at);
            boolean rights = control.get(Layouts.INT, at + layout.word()) == SOL_SOCKET
                    && control.get(Layouts.INT, at + layout.word() + Integer.BYTES) == SCM_RIGHTS;
            for (long entry = at + layout.head(); rights && entry < at + length; entry += Integer.BYTES) {
                descriptors.add(FileDescriptor.own(kernel, control.get(Layouts.INT, entry)));
            }
            at += Math.max(layout.aligned(length), layout.head());
        }
        return descriptors;
    }
}
