package dev.trapgate.emulator.linux.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.fs.IovImport;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import dev.trapgate.emulator.linux.net.core.Message;
import org.jspecify.annotations.Nullable;

/** A program's {@code struct msghdr}: {@code __copy_msghdr} and {@code get_compat_msghdr}, Linux 6.18. */
final class MessageHeader {

    private static final byte[] NOTHING = {};

    private final Abi abi;
    private final int word;
    private final long address;
    private final UserStructure fields;

    private MessageHeader(Abi abi, long address, UserStructure fields) {
        this.abi = abi;
        this.word = abi.pointerSize();
        this.address = address;
        this.fields = fields;
    }

    /** {@return the size of the structure in bytes} */
    static int size(Abi abi) {
        return 7 * abi.pointerSize();
    }

    /** {@return the structure at a program's address; null if it cannot be read} */
    static @Nullable MessageHeader fetch(Task current, Abi abi, long address) {
        UserStructure fields = UserStructure.from(current.uaccess(), address, size(abi));
        return fields == null ? null : new MessageHeader(abi, address, fields);
    }

    private long field(int index) {
        return fields.getWord(index * word, word);
    }

    /** {@return where ancillary data is} */
    long control() {
        return field(4);
    }

    /** {@return the size of the ancillary data in bytes} */
    long controlLength() {
        return field(5);
    }

    private int nameLength() {
        return field(0) == 0 ? 0 : fields.get32(word);
    }

    /** {@return 0, −EINVAL for a negative length of the address, −EMSGSIZE for too many pieces} */
    long check() {
        if (nameLength() < 0) {
            return ErrorNumbers.EINVAL;
        }
        return Long.compareUnsigned(field(3), IovIter.UIO_MAXIOV) > 0 ? ErrorNumbers.EMSGSIZE : 0;
    }

    /** {@return the address that a message goes to, empty for none; or why it is none} */
    SocketAddress fetchName(Task current) {
        if (nameLength() < 0) {
            return new SocketAddress(NOTHING, ErrorNumbers.EINVAL);
        }
        SocketAddress name =
                SocketAddress.fetch(current, field(0), Math.min(nameLength(), SocketAddress.STORAGE));
        return name.error() == 0 && check() != 0 ? new SocketAddress(NOTHING, check()) : name;
    }

    /** Makes the task's iterator go over the pieces. {@return how many bytes they have, or an error number negated} */
    long importVector(Task current) {
        return IovImport.vector(current, abi, current.iovIter(), field(2), field(3));
    }

    /** Tells the program where the message came from, its flags, and how much ancillary data there is. */
    long tell(Task current, Message message) {
        if (field(0) != 0) {
            byte[] from = message.name();
            long error = SocketAddress.tell(current, from == null ? NOTHING : from, field(0), address + word);
            if (error != 0) {
                return error;
            }
        }
        boolean told = current.uaccess().putUser32(address + 6L * word, message.told())
                && putWord(current, address + 5L * word, message.control().used());
        return told ? 0 : ErrorNumbers.EFAULT;
    }

    private boolean putWord(Task current, long to, long value) {
        return word == Long.BYTES
                ? current.uaccess().putUser64(to, value)
                : current.uaccess().putUser32(to, value);
    }
}
