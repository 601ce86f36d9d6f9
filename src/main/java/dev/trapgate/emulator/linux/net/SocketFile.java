package dev.trapgate.emulator.linux.net;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.FileOwner;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.Kiocb;
import dev.trapgate.emulator.linux.fs.PollTable;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.VmFlags;
import dev.trapgate.emulator.linux.net.core.ControlBuffer;
import dev.trapgate.emulator.linux.net.core.Message;
import dev.trapgate.emulator.linux.net.core.Net;
import dev.trapgate.emulator.linux.net.core.Sock;
import dev.trapgate.emulator.linux.net.core.SocketInode;
import dev.trapgate.emulator.linux.net.core.SocketKind;
import org.jspecify.annotations.Nullable;

/** What an open socket does: {@code socket_file_ops} of net/socket.c, Linux 6.18. */
final class SocketFile implements FileOperations {

    /** The operations. */
    static final FileOperations OPERATIONS = new SocketFile();

    private static final int FIOSETOWN = 0x8901;
    private static final int SIOCSPGRP = 0x8902;
    private static final int FIOGETOWN = 0x8903;
    private static final int SIOCGPGRP = 0x8904;
    private static final byte[] NOTHING = {};

    private SocketFile() {}

    @Override
    public int modes() {
        return FMODE_STREAM
                | FMODE_FASYNC
                | FMODE_CAN_READ
                | FMODE_CAN_WRITE
                | FMODE_SPLICE_READ
                | FMODE_SPLICE_WRITE
                | FMODE_NOWAIT;
    }

    /** {@code tcp_mmap}: received bytes are mapped by an option alone, so that nothing is there. Others cannot be mapped. */
    @Override
    public long mmap(File file, long flags) {
        SocketInode inode = (SocketInode) file.inode();
        SocketKind kind = inode.sock().kind();
        if (!kind.isInet() || kind.type() != SocketKind.SOCK_STREAM) {
            return ErrorNumbers.ENODEV;
        }
        if ((flags & (VmFlags.VM_WRITE | VmFlags.VM_EXEC)) != 0) {
            return ErrorNumbers.EPERM;
        }
        inode.setMapped();
        return flags & ~(VmFlags.VM_MAYWRITE | VmFlags.VM_MAYEXEC);
    }

    /** Makes a new socket's open file, with one reference: {@code sock_alloc_file}. */
    static File open(Task current, Sock sock, int flags) {
        Net net = sock.net();
        SocketInode inode = new SocketInode(net, sock, current.credentials());
        String name = "socket:[" + inode.number() + ']';
        File file = new File(net.place().path(inode, name), File.O_RDWR | (flags & File.O_NONBLOCK), OPERATIONS);
        sock.attach(file);
        return file;
    }

    /** {@return the socket that a file is; null if it is none: {@code sock_from_file}} */
    static @Nullable Sock sock(File file) {
        return file.inode() instanceof SocketInode inode ? inode.sock() : null;
    }

    private static Sock of(File file) {
        return ((SocketInode) file.inode()).sock();
    }

    private static int flags(File file, Kiocb iocb) {
        boolean impatient = file.isNonblocking() || iocb.has(Kiocb.RWF_NOWAIT);
        return impatient ? Message.MSG_DONTWAIT : 0;
    }

    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        if (to.count() == 0) {
            return 0;
        }
        Sock sock = of(file);
        Message message = Message.toReceive(to, ControlBuffer.NONE, flags(file, iocb));
        return sock.net().locked(() -> sock.receive(current, message));
    }

    @Override
    public long writeIter(Task current, File file, Kiocb iocb, IovIter from) {
        Sock sock = of(file);
        Message message = Message.toSend(from, null, NOTHING, flags(file, iocb));
        if (sock.kind().type() == SocketKind.SOCK_SEQPACKET) {
            message.addFlags(Message.MSG_EOR);
        }
        if (iocb.has(Kiocb.RWF_NOSIGNAL)) {
            message.addFlags(Message.MSG_NOSIGNAL);
        }
        return sock.net().locked(() -> sock.send(current, message));
    }

    @Override
    public boolean canPoll() {
        return true;
    }

    @Override
    public int poll(Task current, File file, PollTable wait) {
        Sock sock = of(file);
        sock.net().lock();
        try {
            sock.pollWait(wait);
            return sock.poll();
        } finally {
            sock.net().unlock();
        }
    }

    @Override
    public long ioctl(Task current, File file, int command, long argument) {
        return switch (command) {
            case FIOSETOWN, SIOCSPGRP -> setOwner(current, file, argument);
            case FIOGETOWN, SIOCGPGRP -> {
                int owner = file.ownerType() == 2 ? -file.owner() : file.owner();
                yield current.uaccess().putUser32(argument, owner) ? 0 : ErrorNumbers.EFAULT;
            }
            default -> {
                Sock sock = of(file);
                yield sock.net().locked(() -> sock.ioctl(current, command, argument));
            }
        };
    }

    private static long setOwner(Task current, File file, long argument) {
        long who = current.uaccess().getUser32(argument);
        return who < 0 ? ErrorNumbers.EFAULT : FileOwner.set(current, file, (int) who);
    }

    @Override
    public void release(File file) {
        Sock sock = of(file);
        sock.net().lock();
        try {
            sock.release();
        } finally {
            sock.net().unlock();
        }
    }
}
