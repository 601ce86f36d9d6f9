package dev.trapgate.cli;

import dev.trapgate.emulator.linux.fs.hostfs.HostContents;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileStatus;
import dev.trapgate.emulator.linux.fs.hostfs.HostTree;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A directory of this machine that counts what is asked of it. */
final class CountingTree implements HostTree {

    final AtomicInteger statuses = new AtomicInteger();
    final AtomicInteger listings = new AtomicInteger();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger openNow = new AtomicInteger();

    private final HostTree tree;

    CountingTree(HostTree tree) {
        this.tree = tree;
    }

    @Override
    public HostFileStatus status(List<String> path) throws HostFileException {
        statuses.incrementAndGet();
        return tree.status(path);
    }

    @Override
    public List<String> names(List<String> path) throws HostFileException {
        listings.incrementAndGet();
        return tree.names(path);
    }

    @Override
    public String target(List<String> path) throws HostFileException {
        return tree.target(path);
    }

    @Override
    public HostContents open(List<String> path, HostFileStatus expected) throws HostFileException {
        HostContents contents = tree.open(path, expected);
        opened.incrementAndGet();
        openNow.incrementAndGet();
        return new HostContents() {
            @Override
            public int read(long position, ByteBuffer to) throws HostFileException {
                return contents.read(position, to);
            }

            @Override
            public void close() {
                openNow.decrementAndGet();
                contents.close();
            }
        };
    }
}
