package dev.trapgate.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.Fields;

/** Where the fields of {@code struct mmsghdr} (its size is {@code several}), {@code struct msghdr} and {@code struct cmsghdr} are. */
record MessageLayout(
        long size,
        long several,
        long name,
        long nameLength,
        long vectors,
        long vectorCount,
        long control,
        long controlLength,
        long flags,
        int word) {

    private static final MessageLayout X86_64 = of(Abi.X86_64);
    private static final MessageLayout I386 = of(Abi.I386);

    static MessageLayout in(Abi abi) {
        return abi == Abi.I386 ? I386 : X86_64;
    }

    private static MessageLayout of(Abi abi) {
        Fields fields = Fields.of("msghdr", abi);
        return new MessageLayout(
                fields.size(),
                Fields.of("mmsghdr", abi).size(),
                fields.offset("msg_name"),
                fields.offset("msg_namelen"),
                fields.offset("msg_iov"),
                fields.offset("msg_iovlen"),
                fields.offset("msg_control"),
                fields.offset("msg_controllen"),
                fields.offset("msg_flags"),
                abi.pointerSize());
    }

    /** {@return the size of a control message's head: its length, level and type} */
    int head() {
        return word + 2 * Integer.BYTES;
    }

    /** {@return where the next control message begins, after one of that length: CMSG_ALIGN} */
    long aligned(long length) {
        return -(-length & -word);
    }
}
