package dev.trapgate.emulator.linux.drivers;

import dev.trapgate.emulator.linux.fs.DeviceInode;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.PseudoSuperBlock;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileStatus;
import java.util.Optional;

/**
 * The file behind a {@link HostDescriptor}: a pipe, a socket, a device or a regular file of the machine that the JVM runs on, of
 * the type and with the number that it has there.
 */
public final class HostInode extends Inode {

    private static final int DEVICE = 6;
    private static final long PIPEFS_MAGIC = 0x5049_5045;
    private static final int BLOCK = 512;
    private static final int PAGE_SIZE = 4096;

    private final HostDescriptor host;
    private final HostFileStatus status;
    private final FileOperations operations;

    private HostInode(PseudoSuperBlock superBlock, HostDescriptor host, HostFileStatus status, long position) {
        super(superBlock, status.inode(), status.mode(), status.ctime());
        this.host = host;
        this.status = status;
        this.operations = type() == S_IFREG ? new HostRegularFile(host, position) : new HostStream(host);
        setOwner(status.uid(), status.gid());
        setLinks(status.links());
        setSize(status.size());
        setAtime(status.atime());
        setMtime(status.mtime());
        setCtime(status.ctime());
    }

    /**
     * {@return an open file that stands for a descriptor of the machine that the JVM runs on}
     *
     * @param host the descriptor
     * @throws HostFileException if nothing is known of it
     */
    public static File open(HostDescriptor host) throws HostFileException {
        HostFileStatus status = host.status();
        PseudoSuperBlock fs = new PseudoSuperBlock(DEVICE, PIPEFS_MAGIC);
        boolean isRegular = (status.mode() & S_IFMT) == S_IFREG;
        long position = isRegular ? host.position() : 0;
        Inode inode = device(fs, status).orElseGet(() -> new HostInode(fs, host, status, position));
        File file = new File(fs.path(inode, host.name()), host.flags(), inode.operations());
        file.setPosition(position);
        return file;
    }

    /** A device that this kernel has itself is this kernel's: nothing tells them apart. */
    private static Optional<Inode> device(PseudoSuperBlock fs, HostFileStatus status) {
        int number = CharacterDevices.number(status.major(), status.minor());
        return (status.mode() & S_IFMT) == S_IFCHR
                ? CharacterDevices.find(number)
                        .map(known -> new DeviceInode(fs, status.mode() & S_IALLUGO, number, known))
                : Optional.empty();
    }

    @Override
    public int device() {
        return CharacterDevices.number(status.major(), status.minor());
    }

    @Override
    public long blocks() {
        return type() == S_IFREG ? (size() + PAGE_SIZE - 1) / PAGE_SIZE * (PAGE_SIZE / BLOCK) : 0;
    }

    @Override
    public long truncate(long size, long now) {
        if (type() != S_IFREG) {
            return super.truncate(size, now);
        }
        try {
            host.truncate(size);
            setSize(size);
            modified(now);
            return 0;
        } catch (HostFileException refused) {
            return -refused.errno().number();
        }
    }

    @Override
    public FileOperations operations() {
        return operations;
    }
}
