package dev.trapgate.emulator.linux.drivers.tty;

import dev.trapgate.emulator.linux.drivers.CharacterDevices;
import dev.trapgate.emulator.linux.drivers.tty.Termios.Control;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.Kiocb;
import dev.trapgate.emulator.linux.fs.PollTable;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * A terminal: {@code struct tty_struct}, with the file operations of drivers/tty/tty_io.c, Linux 6.18. What its user types comes
 * in by {@link #receive}; what programs write goes to a {@link TtyDriver}.
 */
public final class TtyStruct implements FileOperations {

    /** Its device number: the first pseudo-terminal's. */
    public static final int DEVICE = CharacterDevices.number(136, 0);
    /** Its permission bits. */
    public static final int PERMISSIONS = 0620;

    private static final int O_NOCTTY = 0x100;
    private static final int CHUNK = 2048;
    /** Of VTIME. */
    private static final long TENTH = TimeUnit.MILLISECONDS.toNanos(100);

    private final NTty discipline;
    private final TtyJobControl jobs;
    private final TtyIoctl ioctl;
    private volatile WindowSize size;

    /**
     * Makes a terminal that is nobody's.
     *
     * @param driver shows what programs write
     * @param groups whom it sends signals to
     * @param settings its first settings
     * @param size its size
     */
    public TtyStruct(TtyDriver driver, ProcessGroups groups, Termios settings, WindowSize size) {
        this.jobs = new TtyJobControl(groups);
        this.discipline = new NTty(driver, settings, jobs::signal);
        this.ioctl = new TtyIoctl(this);
        this.size = size;
    }

    NTty discipline() {
        return discipline;
    }

    TtyJobControl jobs() {
        return jobs;
    }

    /**
     * Makes it the controlling terminal of a session.
     *
     * @param session the session's id
     * @param foreground the group that is in the foreground
     */
    public void control(int session, int foreground) {
        jobs.give(session, foreground);
    }

    /**
     * {@return whether it is a task's controlling terminal}
     *
     * @param current the task
     */
    public boolean controls(Task current) {
        return jobs.controls(current);
    }

    /** {@return its size} */
    public WindowSize size() {
        return size;
    }

    /**
     * Changes its size; the group in the foreground gets SIGWINCH if it is another one: {@code tty_do_resize}.
     *
     * @param newSize the size
     */
    public void resize(WindowSize newSize) {
        if (!newSize.equals(size)) {
            size = newSize;
            jobs.signal(Signal.SIGWINCH);
        }
    }

    /**
     * Takes what its user typed.
     *
     * @param bytes where it is
     * @param offset the first of it
     * @param length how much
     * @return how much there was room for; the rest is to be offered again after {@link #awaitRoom}
     */
    public int receive(byte[] bytes, int offset, int length) {
        return discipline.receive(bytes, offset, length);
    }

    /**
     * Waits until there is room for more of what its user types.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void awaitRoom() throws InterruptedException {
        discipline.awaitRoom();
    }

    /** Ends it, since its user is gone: its session is told, readers are at the end, writers get EIO. */
    public void hangUp() {
        if (!discipline.isHungUp()) {
            discipline.hangUp();
            jobs.hangUp();
        }
    }

    @Override
    public int modes() {
        return FMODE_FASYNC | FMODE_CAN_READ | FMODE_CAN_WRITE | FMODE_SPLICE_READ | FMODE_SPLICE_WRITE;
    }

    /** {@code tty_open}: the first terminal that a session's leader opens is its controlling terminal. */
    @Override
    public long open(Task current, File file) {
        if (discipline.isHungUp()) {
            return ErrorNumbers.EIO;
        }
        boolean isNobodys = jobs.session() == ProcessGroups.NONE;
        if (isNobodys && (file.flags() & O_NOCTTY) == 0) {
            jobs.take(current);
        }
        return 0;
    }

    // Reading.

    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        if (discipline.isHungUp()) {
            return 0;
        }
        long refusal = jobs.check(current, Signal.SIGTTIN);
        if (refusal != 0) {
            return refusal;
        }
        return discipline.termios().local(Termios.ICANON) ? readLine(current, file, to) : readRaw(current, file, to);
    }

    private long readLine(Task current, File file, IovIter to) {
        while (true) {
            long done = discipline.take(to);
            if (done != ErrorNumbers.EAGAIN || file.isNonblocking()) {
                return done;
            }
            long error = WaitingTask.waitEvent(
                    current,
                    discipline.readers(),
                    WaitQueue.Share.SHARED,
                    () -> discipline.isReadable(1) || discipline.isHungUp());
            if (error != 0) {
                return error;
            }
            if (discipline.isHungUp()) {
                return 0;
            }
        }
    }

    /** Reads at least VMIN characters, or as many as come within VTIME tenths of a second: {@code n_tty_read}. */
    private long readRaw(Task current, File file, IovIter to) {
        Termios settings = discipline.termios();
        long tenths = settings.character(Control.VTIME) * TENTH;
        int least = settings.character(Control.VMIN);
        long deadline = least == 0 ? System.nanoTime() + tenths : WaitingTask.FOREVER;
        long done = 0;
        while (to.count() > 0) {
            long taken = discipline.take(to);
            if (taken == ErrorNumbers.EFAULT) {
                return done == 0 ? taken : done;
            }
            if (taken > 0) {
                done += taken;
                deadline = tenths > 0 ? System.nanoTime() + tenths : deadline;
            }
            if (done >= Math.max(least, 1) || discipline.isHungUp()) {
                return done;
            }
            if (file.isNonblocking()) {
                return done == 0 ? ErrorNumbers.EAGAIN : done;
            }
            if (deadline != WaitingTask.FOREVER && deadline - System.nanoTime() <= 0) {
                return done;
            }
            if (!awaitTyping(current, deadline)) {
                return done == 0 ? ErrorNumbers.ERESTARTSYS : done;
            }
        }
        return done;
    }

    /** {@return false if a signal came first} */
    private boolean awaitTyping(Task current, long deadline) {
        WaitingTask waiter = new WaitingTask(current);
        discipline.readers().add(waiter, WaitQueue.Share.SHARED);
        try {
            waiter.prepare();
            if (!discipline.isReadable(1) && !discipline.isHungUp()) {
                if (current.signalPending()) {
                    return false;
                }
                waiter.schedule(deadline);
            }
            return waiter.wasWoken() || discipline.isReadable(1) || !current.signalPending();
        } finally {
            discipline.readers().remove(waiter);
        }
    }

    // Writing.

    @Override
    public long writeIter(Task current, File file, Kiocb iocb, IovIter from) {
        if (discipline.isHungUp()) {
            return ErrorNumbers.EIO;
        }
        if (discipline.termios().local(Termios.TOSTOP)) {
            long refusal = jobs.check(current, Signal.SIGTTOU);
            if (refusal != 0) {
                return refusal;
            }
        }
        byte[] chunk = new byte[(int) Math.min(from.count(), CHUNK)];
        long done = 0;
        while (from.count() > 0) {
            long error = awaitRoom(current, file);
            if (error != 0) {
                return done == 0 ? error : done;
            }
            int wanted = (int) Math.min(chunk.length, from.count());
            int copied = (int) from.copyFrom(MemorySegment.ofArray(chunk), 0, wanted);
            discipline.write(chunk, copied);
            done += copied;
            if (copied < wanted) {
                return done == 0 ? ErrorNumbers.EFAULT : done;
            }
        }
        return done;
    }

    private long awaitRoom(Task current, File file) {
        if (file.isNonblocking() && discipline.isStopped()) {
            return ErrorNumbers.EAGAIN;
        }
        long error = WaitingTask.waitEvent(
                current,
                discipline.writers(),
                WaitQueue.Share.SHARED,
                () -> !discipline.isStopped() || discipline.isHungUp());
        return error == 0 && discipline.isHungUp() ? ErrorNumbers.EIO : error;
    }

    // The rest.

    @Override
    public boolean canPoll() {
        return true;
    }

    /** {@code n_tty_poll}: with VMIN characters it waits for them, unless VTIME is set. */
    @Override
    public int poll(Task current, File file, PollTable wait) {
        wait.pollWait(discipline.readers());
        wait.pollWait(discipline.writers());
        if (discipline.isHungUp()) {
            return DEFAULT_POLLMASK | POLLERR | POLLHUP;
        }
        Termios settings = discipline.termios();
        boolean timed = settings.character(Control.VTIME) != 0;
        int least = timed ? 1 : settings.character(Control.VMIN);
        return (discipline.isReadable(least) ? POLLIN | POLLRDNORM : 0)
                | (discipline.isStopped() ? 0 : POLLOUT | POLLWRNORM);
    }

    @Override
    public long ioctl(Task current, File file, int command, long argument) {
        return discipline.isHungUp() ? ErrorNumbers.EIO : ioctl.call(current, command, argument);
    }
}
