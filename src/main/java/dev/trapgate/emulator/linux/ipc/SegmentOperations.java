package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.mm.MappingObserver;

/** What an attached segment's file does: {@code shm_file_operations} and {@code shm_vm_ops}, which count mappings. */
final class SegmentOperations implements FileOperations, MappingObserver {

    private static final long NSEC_PER_SEC = 1_000_000_000L;

    private final KernelProcess process;
    private final SharedSegment segment;

    SegmentOperations(KernelProcess process, SharedSegment segment) {
        this.process = process;
        this.segment = segment;
    }

    SharedSegment segment() {
        return segment;
    }

    @Override
    public void mappingsChanged(File file, int opened, int closed) {
        IpcIds<SharedSegment> segments = process.ipcNamespace().segments();
        synchronized (segments) {
            segment.attach(opened, closed, process.tgid(), process.timekeeper().realtime() / NSEC_PER_SEC);
            SharedMemoryCalls.removeIfUnused(segments, segment);
        }
    }

    /** Each attachment holds the segment's file. */
    @Override
    public void release(File file) {
        segment.file().release();
    }
}
