package dev.trapgate.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/** epoll(7): what happens while somebody waits, or puts in, arms and takes out, is told once and never lost. */
public class EpollStress {

    private EpollStress() {}

    /** A thread that waits for a pipe is woken by what is written, or finds it. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "was told")
    @State
    public static class WaitAndWrite {

        private final StressedProgram.Watched watched = StressedProgram.watched(StressedProgram.LEVEL);

        /** Waits. */
        @Actor
        public void waiter(JJ_Result result) {
            result.r1 = watched.await();
        }

        /** Writes a byte. */
        @Actor
        public void writer(JJ_Result result) {
            result.r2 = watched.write();
        }

        /** Closes what the state had open. */
        @Arbiter
        public void close() {
            watched.close();
        }
    }

    /** The same of an edge. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "was told")
    @State
    public static class EdgeAndWrite {

        private final StressedProgram.Watched watched = StressedProgram.watched(StressedProgram.EDGE);

        /** Waits. */
        @Actor
        public void waiter(JJ_Result result) {
            result.r1 = watched.await();
        }

        /** Writes a byte. */
        @Actor
        public void writer(JJ_Result result) {
            result.r2 = watched.write();
        }

        /** Closes what the state had open. */
        @Arbiter
        public void close() {
            watched.close();
        }
    }

    /** What was written before is told to one of two who look. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the first was told")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the second was told")
    @State
    public static class OneShotIsToldOnce {

        private final StressedProgram.Watched watched = StressedProgram.watched(StressedProgram.ONE_SHOT);

        /** Writes before anybody looks. */
        public OneShotIsToldOnce() {
            watched.write();
        }

        /** Looks. */
        @Actor
        public void first(JJ_Result result) {
            result.r1 = watched.look();
        }

        /** Looks. */
        @Actor
        public void second(JJ_Result result) {
            result.r2 = watched.look();
        }

        /** Closes what the state had open. */
        @Arbiter
        public void close() {
            watched.close();
        }
    }

    /** So is an edge. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the first was told")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the second was told")
    @State
    public static class EdgeIsToldOnce {

        private final StressedProgram.Watched watched = StressedProgram.watched(StressedProgram.EDGE);

        /** Writes before anybody looks. */
        public EdgeIsToldOnce() {
            watched.write();
        }

        /** Looks. */
        @Actor
        public void first(JJ_Result result) {
            result.r1 = watched.look();
        }

        /** Looks. */
        @Actor
        public void second(JJ_Result result) {
            result.r2 = watched.look();
        }

        /** Closes what the state had open. */
        @Arbiter
        public void close() {
            watched.close();
        }
    }

    /** Two who wait, and two writes that each wake one, each of which reads a byte: nobody sleeps on. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "both read")
    @State
    public static class TwoWaitersTwoWrites {

        private final StressedProgram.Watched watched = StressedProgram.watched(StressedProgram.LEVEL);

        /** Waits and reads. */
        @Actor
        public void first(JJ_Result result) {
            result.r1 = watched.awaitAndRead();
        }

        /** Writes twice, then waits and reads as well. */
        @Actor
        public void second(JJ_Result result) {
            watched.write();
            watched.write();
            result.r2 = watched.awaitAndRead();
        }

        /** Closes what the state had open. */
        @Arbiter
        public void close() {
            watched.close();
        }
    }

    /** A pipe that is put in while it is written to is told of. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "was told")
    @State
    public static class AddAndWrite {

        private final StressedProgram.Watched watched = StressedProgram.watched(StressedProgram.NOTHING);

        /** Puts the pipe in and waits. */
        @Actor
        public void waiter(JJ_Result result) {
            result.r2 = watched.add();
            result.r1 = watched.await();
        }

        /** Writes a byte. */
        @Actor
        public void writer() {
            watched.write();
        }

        /** Closes what the state had open. */
        @Arbiter
        public void close() {
            watched.close();
        }
    }

    /** A shot that is armed again while it is written to is told of. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "was told")
    @State
    public static class ArmAndWrite {

        private final StressedProgram.Watched watched = StressedProgram.watched(StressedProgram.ONE_SHOT);

        /** Uses the shot up. */
        public ArmAndWrite() {
            watched.write();
            watched.look();
            watched.read();
        }

        /** Arms it and waits. */
        @Actor
        public void waiter(JJ_Result result) {
            result.r2 = watched.arm();
            result.r1 = watched.await();
        }

        /** Writes a byte. */
        @Actor
        public void writer() {
            watched.write();
        }

        /** Closes what the state had open. */
        @Arbiter
        public void close() {
            watched.close();
        }
    }

    /** Of what was taken out nobody is told any more. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "is forgotten")
    @State
    public static class RemoveAndWrite {

        private final StressedProgram.Watched watched = StressedProgram.watched(StressedProgram.LEVEL);

        /** Takes the pipe out. */
        @Actor
        public void remover(JJ_Result result) {
            result.r1 = watched.remove();
        }

        /** Writes a byte. */
        @Actor
        public void writer() {
            watched.write();
        }

        /** Looks, and closes what the state had open. */
        @Arbiter
        public void look(JJ_Result result) {
            result.r2 = watched.look();
            watched.close();
        }
    }

    /** What is closed for good leaves the epoll. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "was closed before")
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "was closed after")
    @State
    public static class CloseAndLook {

        private final StressedProgram.Watched watched = StressedProgram.watched(StressedProgram.LEVEL);

        /** Writes before anybody looks. */
        public CloseAndLook() {
            watched.write();
        }

        /** Looks. */
        @Actor
        public void looker(JJ_Result result) {
            result.r1 = watched.look();
        }

        /** Closes the pipe's end. */
        @Actor
        public void closer() {
            watched.closeReader();
        }

        /** Looks again, and closes what the state had open. */
        @Arbiter
        public void look(JJ_Result result) {
            result.r2 = watched.look();
            watched.close();
        }
    }

    /** Who waits in an epoll that is closed goes on waiting for what was in it. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "was told")
    @Outcome(id = "-9", expect = Expect.ACCEPTABLE, desc = "was closed before")
    @State
    public static class CloseTheEpollAndWrite {

        private final StressedProgram.Watched watched = StressedProgram.watched(StressedProgram.LEVEL);

        /** Waits. */
        @Actor
        public void waiter(J_Result result) {
            result.r1 = watched.await();
        }

        /** Closes the epoll, then writes. */
        @Actor
        public void closer() {
            watched.closeEpoll();
            watched.write();
        }

        /** Closes what the state had open. */
        @Arbiter
        public void close() {
            watched.close();
        }
    }
}
