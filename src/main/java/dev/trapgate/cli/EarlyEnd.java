package dev.trapgate.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a long command keep what it has when it is told to end, by Ctrl-C or SIGTERM: its thread is interrupted, and the JVM waits a
 * little for it to write its reports.
 */
final class EarlyEnd implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook = new Thread(this::endEarly, "early-end");
    private boolean isMeasured;

    private EarlyEnd() {}

    /** {@return a watch over what the current thread does until it is closed} */
    static EarlyEnd watch() {
        EarlyEnd watch = new EarlyEnd();
        Runtime.getRuntime().addShutdownHook(watch.hook);
        return watch;
    }

    private void endEarly() {
        interruptUnlessMeasured();
        try {
            if (!written.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("trapgate: ended before all reports were written");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void interruptUnlessMeasured() {
        if (!isMeasured) {
            worker.interrupt();
        }
    }

    /** From here on the thread is not interrupted, nor is it any longer: a file is closed under an interrupted thread. */
    synchronized void measured() {
        isMeasured = true;
        Thread.interrupted();
    }

    /** Says that all is written. */
    @Override
    public void close() {
        written.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook is at work, and has just been told that all is written.
        }
    }
}
