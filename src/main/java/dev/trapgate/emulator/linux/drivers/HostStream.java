package dev.trapgate.emulator.linux.drivers;

import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.Kiocb;
import dev.trapgate.emulator.linux.fs.PollTable;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import java.lang.foreign.MemorySegment;

/**
 * A pipe, a socket or a device of the machine that the JVM runs on as a program's descriptor. A program that waits to read can be
 * interrupted; one that writes when nobody reads any more gets SIGPIPE.
 */
final class HostStream implements FileOperations {

    /** What a stream is that can be read, or is at its end. */
    static final int READABLE = POLLIN | POLLRDNORM;

    private static final int FIONREAD = 0x541b;
    private static final int CHUNK = 65_536;

    private final HostDescriptor host;
    private final ReadAhead in;

    HostStream(HostDescriptor host) {
        this.host = host;
        this.in = new ReadAhead(host);
    }

    @Override
    public int modes() {
        return FMODE_STREAM | FMODE_CAN_READ | FMODE_CAN_WRITE | FMODE_SPLICE_READ | FMODE_SPLICE_WRITE;
    }

    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        int size = (int) Math.min(to.count(), CHUNK);
        if (size == 0) {
            return 0;
        }
        if (file.isNonblocking() && !in.isReady(size)) {
            return ErrorNumbers.EAGAIN;
        }
        long done = ReadAhead.GONE;
        while (done == ReadAhead.GONE) {
            long error = WaitingTask.waitEvent(current, in.readers(), WaitQueue.Share.SHARED, () -> in.isReady(size));
            if (error != 0) {
                return error;
            }
            done = in.take(size, to);
        }
        return done;
    }

    @Override
    public long writeIter(Task current, File file, Kiocb iocb, IovIter from) {
        byte[] chunk = new byte[(int) Math.min(from.count(), CHUNK)];
        long done = 0;
        while (from.count() > 0) {
            int wanted = (int) Math.min(chunk.length, from.count());
            int size = (int) from.copyFrom(MemorySegment.ofArray(chunk), 0, wanted);
            try {
                host.write(chunk, size);
            } catch (HostFileException refused) {
                return done == 0 ? refusal(current, iocb, refused.errno()) : done;
            }
            done += size;
            if (size < wanted) {
                return done == 0 ? ErrorNumbers.EFAULT : done;
            }
        }
        return done;
    }

    private static long refusal(Task current, Kiocb iocb, Errno errno) {
        if (errno == Errno.EPIPE && !iocb.has(Kiocb.RWF_NOSIGNAL)) {
            current.send(Signal.of(Signal.SIGPIPE));
        }
        return -errno.number();
    }

    @Override
    public boolean canPoll() {
        return true;
    }

    @Override
    public int poll(Task current, File file, PollTable wait) {
        int mask = file.mayWrite() ? POLLOUT | POLLWRNORM : 0;
        if (!file.mayRead()) {
            return mask;
        }
        wait.pollWait(in.readers());
        return mask | in.pollMask();
    }

    @Override
    public long ioctl(Task current, File file, int command, long argument) {
        if (command != FIONREAD) {
            return HostTerminalIoctl.call(current, host, command, argument);
        }
        return current.uaccess().putUser32(argument, in.available()) ? 0 : ErrorNumbers.EFAULT;
    }
}
