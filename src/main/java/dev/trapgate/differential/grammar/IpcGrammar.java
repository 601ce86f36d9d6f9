package dev.trapgate.differential.grammar;

import static dev.trapgate.differential.grammar.Production.Result.FILE;
import static dev.trapgate.differential.grammar.Production.Result.MAPPING;

import dev.trapgate.notation.CallArgument;
import dev.trapgate.notation.CallArgument.Structured;
import java.util.List;
import java.util.stream.Stream;

/**
 * System V messages, semaphores and shared memory, and POSIX message queues, that never wait. Each scenario finds none of
 * them, so that ids are small numbers.
 */
final class IpcGrammar implements Grammar {

    private static final long IPC_NOWAIT = 04000;
    private static final long MSG_COPY = 040000;

    @Override
    public List<Production> productions() {
        return Stream.of(messages(), semaphores(), segments(), queues(), demultiplexer())
                .flatMap(List::stream)
                .toList();
    }

    private static CallArgument id(Situation s) {
        return s.number(0, 0, 0, 0, 1, 1, 2, 3, 64, -1, 32768, 99);
    }

    private static CallArgument key(Situation s) {
        return s.number(0, 1, 1, 2, -1);
    }

    private static CallArgument get(Situation s) {
        return s.number(01666, 01600, 01640, 03600, 0, 0400, 0666, 01000, 0777);
    }

    private static CallArgument own(CallArgument.Initializer... fields) {
        return Situation.structure(Structured.OWN_TYPE, fields);
    }

    // ---- messages

    private static List<Production> messages() {
        return List.of(
                Production.of(12, "msgget", s -> List.of(key(s), get(s))),
                Production.of(
                        25,
                        "msgsnd",
                        s -> List.of(id(s), message(s), s.number(0, 1, 3, 4, -1, 8193), s.number(IPC_NOWAIT, 014000))),
                Production.of(
                        25,
                        "msgrcv",
                        s -> List.of(
                                id(s),
                                s.sink().getFirst(),
                                s.number(0, 1, 2, 3, 4, 20, -1),
                                s.number(0, 0, 1, 2, -1, -2, -3, 3),
                                receive(s))),
                Production.of(15, "msgctl", s -> List.of(id(s), control(s, 11, 12, 13), status(s, "msqid64_ds"))));
    }

    private static CallArgument message(Situation s) {
        return s.once(20)
                ? s.badPointer()
                : Situation.structure("msgbuf", Situation.field("mtype", s.number(1, 1, 2, 3, 1000, 0, -1)));
    }

    /** IPC_NOWAIT, and some of MSG_NOERROR, MSG_EXCEPT, MSG_COPY. */
    private static CallArgument receive(Situation s) {
        return s.number(
                IPC_NOWAIT, IPC_NOWAIT, 014000, 024000, 034000, MSG_COPY | IPC_NOWAIT, 054000, 064000, MSG_COPY);
    }

    /** IPC_RMID, IPC_SET, IPC_STAT, IPC_INFO, three of the kind's own, and one that no kind has. */
    private static CallArgument control(Situation s, int... own) {
        return s.number(0, 1, 1, 2, 2, 2, 2, 3, own[0], own[1], own[2], 99);
    }

    private static CallArgument status(Situation s, String structure) {
        return s.once(20) ? s.badPointer() : Situation.structure(structure);
    }

    // ---- semaphores

    private static List<Production> semaphores() {
        return List.of(
                Production.of(12, "semget", s -> List.of(key(s), s.number(1, 2, 3, 3, 0, 70, -1, 32001), get(s))),
                Production.of(25, "semop", s -> List.of(id(s), operations(s), s.number(1, 1, 1, 0, 501))),
                Production.of(
                        10,
                        "semtimedop",
                        s -> List.of(id(s), operations(s), s.number(1, 1, 1, 0, 501), at(s, 0, 0, 0, -1))),
                Production.of(
                        10,
                        "semtimedop_time64",
                        s -> List.of(id(s), operations(s), s.number(1, 1, 1, 0, 501), at(s, 0, 0, 0, -1))),
                Production.of(
                        15,
                        "semctl",
                        s -> List.of(
                                id(s), s.number(0, 0, 1, 2, 3, -1), s.number(16), s.number(0, 1, 2, 32767, 32768, -1))),
                Production.of(
                        20,
                        "semctl",
                        s -> List.of(id(s), s.number(0, 0, 1, 2, 3, -1), s.number(12, 12, 14, 15), s.number(0))),
                Production.of(
                        10,
                        "semctl",
                        s -> List.of(id(s), s.number(0), s.number(13), s.sink().getFirst())),
                Production.of(
                        5,
                        "semctl",
                        s -> List.of(
                                id(s), s.number(0), s.number(17), s.source().getFirst())),
                Production.of(
                        15,
                        "semctl",
                        s -> List.of(id(s), s.number(0), control(s, 18, 19, 20), Situation.structure("semid64_ds"))));
    }

    private static CallArgument operations(Situation s) {
        if (s.once(20)) {
            return s.badPointer();
        }
        return own(
                Situation.field("sem_num", s.number(0, 0, 0, 1, 1, 2, 3)),
                Situation.field("sem_op", s.number(0, 1, 1, 2, -1, -1, -2, 32767, -32768)),
                Situation.field("sem_flg", s.number(IPC_NOWAIT, IPC_NOWAIT, IPC_NOWAIT | 0x1000)));
    }

    /** A time that is past, or none that is valid. */
    private static CallArgument at(Situation s, long... seconds) {
        return s.once(20)
                ? s.badPointer()
                : own(
                        Situation.field("tv_sec", s.number(seconds)),
                        Situation.field("tv_nsec", s.number(0, 0, 1, 1, -1, 1_000_000_000)));
    }

    // ---- shared memory

    private static List<Production> segments() {
        return List.of(
                Production.of(12, "shmget", s -> List.of(key(s), s.number(1, 4096, 4097, 12288, 0, 65536), get(s))),
                Production.of(
                                20,
                                "shmat",
                                s -> List.of(id(s), s.number(0, 0, 0, 1), s.number(0, 0, 0, 010000, 0100000, 040000)))
                        .giving(MAPPING),
                Production.of(15, "shmdt", s -> List.of(s.mapped())),
                Production.of(20, "shmctl", s -> List.of(id(s), control(s, 13, 14, 15), status(s, "shmid64_ds"))));
    }

    // ---- POSIX message queues

    private static List<Production> queues() {
        return List.of(
                Production.of(
                                25,
                                "mq_open",
                                s -> List.of(
                                        queueName(s),
                                        s.number(0102, 04102, 0302, 2, 0, 1, 04000, 04001, 3, 0101),
                                        s.number(0600, 0666, 0400, 0),
                                        attributes(s)))
                        .giving(FILE),
                Production.of(8, "mq_unlink", s -> List.of(queueName(s))),
                Production.of(30, "mq_timedsend", IpcGrammar::send),
                Production.of(30, "mq_timedreceive", IpcGrammar::receiveFrom),
                Production.of(15, "mq_timedsend_time64", IpcGrammar::send),
                Production.of(15, "mq_timedreceive_time64", IpcGrammar::receiveFrom),
                Production.of(
                        8,
                        "mq_getsetattr",
                        s -> List.of(
                                s.file(),
                                s.once(2) ? s.number(0) : own(Situation.field("mq_flags", s.number(0, 04000, 1))),
                                s.structure())),
                Production.of(8, "mq_notify", s -> List.of(s.file(), s.once(3) ? s.number(0) : event(s))));
    }

    private static CallArgument queueName(Situation s) {
        return s.once(15) ? s.path() : Situation.string(s.one("q", "q", "q", "r", "r", "s", "", "q/r", ".."));
    }

    private static CallArgument attributes(Situation s) {
        return s.once(4)
                ? s.number(0, 0, 1)
                : own(
                        Situation.field("mq_maxmsg", s.number(1, 2, 2, 3, 10, 11, 0, -1)),
                        Situation.field("mq_msgsize", s.number(1, 16, 33, 64, 64, 8192, 0, -1)));
    }

    private static List<CallArgument> send(Situation s) {
        return FileGrammar.join(s.file(), s.source(), s.number(0, 0, 1, 2, 32767, 32768), at(s, 1, 1, 1, 0, -1));
    }

    private static List<CallArgument> receiveFrom(Situation s) {
        CallArgument priority = s.once(3) ? s.number(0) : Situation.structure("int");
        return FileGrammar.join(s.file(), s.sink(), priority, at(s, 1, 1, 1, 0, -1));
    }

    /** Nobody hears: SIGEV_NONE, or a signal that is none. */
    private static CallArgument event(Situation s) {
        return s.once(2)
                ? own(Situation.field("sigev_notify", s.number(1, 1, 3)))
                : own(Situation.field("sigev_signo", s.number(0, 65, -1)));
    }

    // ---- ipc(2)

    private static List<Production> demultiplexer() {
        return List.of(
                Production.of(
                        10, "ipc", s -> List.of(s.number(13), key(s), get(s), s.number(0), s.number(0), s.number(0))),
                Production.of(
                        10,
                        "ipc",
                        s -> List.of(s.number(2), key(s), s.number(1, 2, 3, 0, -1), get(s), s.number(0), s.number(0))),
                Production.of(
                        10,
                        "ipc",
                        s -> List.of(
                                s.number(23), key(s), s.number(1, 4096, 4097, 0), get(s), s.number(0), s.number(0))),
                Production.of(
                        15,
                        "ipc",
                        s -> List.of(
                                s.number(11, 0x1000b),
                                id(s),
                                s.number(0, 1, 3, 4, -1, 8193),
                                s.number(IPC_NOWAIT),
                                message(s),
                                s.number(0))),
                Production.of(
                        15,
                        "ipc",
                        s -> List.of(
                                s.number(0x1000c),
                                id(s),
                                s.number(0, 1, 4, 20, -1),
                                receive(s),
                                s.sink().getFirst(),
                                s.number(0, 1, 2, -2, -3))),
                Production.of(
                        15,
                        "ipc",
                        s -> List.of(
                                s.number(1),
                                id(s),
                                s.number(1, 1, 1, 0, 501),
                                s.number(0),
                                Situation.structure(
                                        "sembuf",
                                        Situation.field("sem_num", s.number(0, 0, 1, 2, 3)),
                                        Situation.field("sem_op", s.number(0, 1, 2, -1, -2)),
                                        Situation.field("sem_flg", s.number(IPC_NOWAIT))),
                                s.number(0))),
                Production.of(10, "ipc", s -> control(s, 14, "msqid64_ds")),
                Production.of(10, "ipc", s -> control(s, 24, "shmid64_ds")),
                Production.of(
                        3,
                        "ipc",
                        s -> List.of(s.number(0, 5, 15, 25, 99), id(s), id(s), id(s), s.number(0), s.number(0))));
    }

    private static List<CallArgument> control(Situation s, int call, String structure) {
        return List.of(
                s.number(call),
                id(s),
                s.number(0, 0x100, 0x101, 0x102, 0x102, 0x103, 99),
                s.number(0),
                status(s, structure),
                s.number(0));
    }
}
