package dev.trapgate.emulator.linux.drivers.tty;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.Kiocb;
import dev.trapgate.emulator.linux.fs.PollTable;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/**
 * {@code /dev/tty} and {@code /dev/console}: whatever terminal the machine has, which can be changed before its program starts.
 */
public final class ControllingTerminal implements FileOperations {

    private volatile FileOperations terminal;

    /**
     * Begins with a terminal.
     *
     * @param terminal what it stands for
     */
    public ControllingTerminal(FileOperations terminal) {
        this.terminal = terminal;
    }

    /**
     * Changes what it stands for.
     *
     * @param other the machine's terminal from now on
     */
    public void become(FileOperations other) {
        terminal = other;
    }

    @Override
    public int modes() {
        return FMODE_FASYNC | FMODE_CAN_READ | FMODE_CAN_WRITE | FMODE_SPLICE_READ | FMODE_SPLICE_WRITE;
    }

    /** {@code tty_open_current_tty}: ENXIO for a session without terminal. */
    @Override
    public long open(Task current, File file) {
        return terminal instanceof TtyStruct tty && !tty.controls(current)
                ? ErrorNumbers.ENXIO
                : terminal.open(current, file);
    }

    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        return terminal.readIter(current, file, iocb, to);
    }

    @Override
    public long writeIter(Task current, File file, Kiocb iocb, IovIter from) {
        return terminal.writeIter(current, file, iocb, from);
    }

    @Override
    public boolean canPoll() {
        return true;
    }

    @Override
    public int poll(Task current, File file, PollTable wait) {
        return terminal.poll(current, file, wait);
    }

    @Override
    public long ioctl(Task current, File file, int command, long argument) {
        return terminal.ioctl(current, file, command, argument);
    }
}
