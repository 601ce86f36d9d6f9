package dev.trapgate.emulator.linux.net.unix;

import dev.trapgate.emulator.linux.fs.Inode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who has which name: {@code net->unx.table}, and the table by inode. */
final class UnixTable {

    private final Map<String, UnixSock> byName = new HashMap<>();
    private final IdentityHashMap<Inode, UnixSock> byInode = new IdentityHashMap<>();
    private final InFlight inFlight = new InFlight();

    /** {@return the open files that are on their way} */
    InFlight inFlight() {
        return inFlight;
    }

    /** Sockets of different types may have one name. */
    private static String key(int type, byte... address) {
        return type + new String(address, StandardCharsets.ISO_8859_1);
    }

    /** {@return which socket of a type has an abstract address; null if none has} */
    @Nullable
    UnixSock find(int type, byte... address) {
        return byName.get(key(type, address));
    }

    /** Gives a socket an abstract address. */
    void add(UnixSock sock, byte... address) {
        byName.put(key(sock.kind().type(), address), sock);
    }

    /** {@return whose socket a file is; null if nobody has it open} */
    @Nullable
    UnixSock find(Inode inode) {
        return byInode.get(inode);
    }

    /** Gives a socket a file. */
    void add(UnixSock sock, Inode inode) {
        byInode.put(inode, sock);
    }

    /** Forgets a socket. */
    void remove(UnixSock sock) {
        byName.values().removeIf(other -> other == sock);
        byInode.values().removeIf(other -> other == sock);
    }
}
