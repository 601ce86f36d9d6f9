package dev.trapgate.emulator.linux.net.core;

import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.PageCache;
import dev.trapgate.emulator.linux.fs.SpecialFiles;
import dev.trapgate.emulator.linux.kernel.Credentials;
import org.jspecify.annotations.Nullable;

/** The file that a socket is: {@code struct socket_alloc}. Its times are never set. */
public final class SocketInode extends Inode {

    private static final int PERMISSIONS = 0777;

    private final Sock sock;
    private volatile @Nullable PageCache mapped;

    /**
     * Makes a socket's file.
     *
     * @param net the network, with where sockets are files
     * @param sock the socket
     * @param owner who makes it
     */
    public SocketInode(Net net, Sock sock, Credentials owner) {
        super(net.place(), S_IFSOCK | PERMISSIONS, owner.fsuid(), owner.fsgid(), 0);
        this.sock = sock;
        setLinks(1);
    }

    /** {@return the socket} */
    public Sock sock() {
        return sock;
    }

    /** Gives it pages, of which there are none: whoever reaches for one gets SIGBUS. */
    public void setMapped() {
        mapped = new PageCache(superBlock().space());
    }

    @Override
    public @Nullable PageCache pages() {
        return mapped;
    }

    @Override
    public String protocolName() {
        return sock.kind().protocolName();
    }

    /** What opening it through /proc does: {@code sock_no_open}. */
    @Override
    public FileOperations operations() {
        return SpecialFiles.operations(S_IFSOCK, 0);
    }
}
