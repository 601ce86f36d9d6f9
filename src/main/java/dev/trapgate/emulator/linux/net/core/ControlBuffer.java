package dev.trapgate.emulator.linux.net.core;

import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;

/** Where a program wants ancillary data: {@code msg_control} and {@code put_cmsg} of net/core/scm.c and net/compat.c. */
public final class ControlBuffer {

    /** None. */
    public static final ControlBuffer NONE = new ControlBuffer(0, 0, Long.BYTES);

    private static final int INT = Integer.BYTES;

    private final int word;
    private final long begin;
    private long address;
    private long left;

    /**
     * Begins at its start.
     *
     * @param address the program's address; 0 for none
     * @param size its size in bytes
     * @param word the size of the program's size_t
     */
    public ControlBuffer(long address, long size, int word) {
        this.begin = address;
        this.address = address;
        this.left = size;
        this.word = word;
    }

    /** {@return whether there is none} */
    public boolean isAbsent() {
        return begin == 0;
    }

    /** {@return how many bytes were used} */
    public long used() {
        return address - begin;
    }

    private int header() {
        return word + 2 * INT;
    }

    private long aligned(long size) {
        return size + word - 1 & -(long) word;
    }

    /** {@return how many descriptors there is room for: {@code scm_max_fds}} */
    public long roomForDescriptors() {
        return left <= header() ? 0 : (left - header()) / INT;
    }

    /** {@return the address of a descriptor in the message that comes next} */
    public long descriptorAddress(int index) {
        return address + aligned(header()) + (long) index * INT;
    }

    /** Writes the header of descriptors that were written: the end of {@code scm_detach_fds}. */
    public void putDescriptors(Task current, int level, int type, int count) {
        boolean written = current.uaccess().putUser32(address + word, level)
                && current.uaccess().putUser32(address + word + INT, type)
                && putWord(current, address, header() + (long) count * INT);
        if (written) {
            take(aligned(header() + (long) count * INT));
        }
    }

    private boolean putWord(Task current, long to, long value) {
        return word == Long.BYTES
                ? current.uaccess().putUser64(to, value)
                : current.uaccess().putUser32(to, value);
    }

    private void take(long space) {
        long used = Math.min(space, left);
        address += used;
        left -= used;
    }

    /** Writes a message, or as much of it as there is room for: {@code put_cmsg}. */
    public void put(Task current, Message message, int level, int type, byte... data) {
        if (isAbsent() || left < header()) {
            message.tell(Message.MSG_CTRUNC);
            return;
        }
        long length = (long) header() + data.length;
        if (left < length) {
            message.tell(Message.MSG_CTRUNC);
            length = left;
        }
        UserStructure bytes = new UserStructure(header() + data.length);
        bytes.setWord(0, length, word);
        bytes.set32(word, level);
        bytes.set32(word + INT, type);
        for (int i = 0; i < data.length; i++) {
            bytes.bytes().set(java.lang.foreign.ValueLayout.JAVA_BYTE, header() + (long) i, data[i]);
        }
        if (current.uaccess().copyToUser(address, bytes.bytes(), length) == 0) {
            take(aligned(header() + (long) data.length));
        }
    }
}
