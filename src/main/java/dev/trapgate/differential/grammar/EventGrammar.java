package dev.trapgate.differential.grammar;

import dev.trapgate.abi.Abi;
import dev.trapgate.differential.grammar.Production.Result;
import dev.trapgate.notation.CallArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Files of events, none of which block, and epolls that watch them and pipes. */
final class EventGrammar implements Grammar {

    private static final String[] EVENTS = {
        "EPOLLIN",
        "EPOLLOUT",
        "EPOLLET",
        "EPOLLONESHOT",
        "EPOLLRDHUP",
        "EPOLLPRI",
        "EPOLLERR",
        "EPOLLHUP",
        "EPOLLEXCLUSIVE",
        "EPOLLWAKEUP",
        "EPOLLRDNORM",
        "EPOLLWRNORM"
    };

    private static final String[] WATCHED = {
        "IN_ACCESS",
        "IN_MODIFY",
        "IN_ATTRIB",
        "IN_CLOSE_WRITE",
        "IN_CLOSE_NOWRITE",
        "IN_OPEN",
        "IN_MOVED_FROM",
        "IN_MOVED_TO",
        "IN_CREATE",
        "IN_DELETE",
        "IN_DELETE_SELF",
        "IN_MOVE_SELF",
        "IN_ONLYDIR",
        "IN_DONT_FOLLOW",
        "IN_EXCL_UNLINK",
        "IN_MASK_CREATE",
        "IN_MASK_ADD",
        "IN_ONESHOT"
    };

    @Override
    public List<Production> productions() {
        return Stream.of(counters(), epolls(), timers(), signals(), watches())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Production> counters() {
        return List.of(
                Production.of(
                                14,
                                "eventfd2",
                                s -> List.of(
                                        s.number(0, 0, 1, 3, -1),
                                        s.some("EFD_NONBLOCK", "EFD_SEMAPHORE", "EFD_CLOEXEC")))
                        .giving(Result.EVENT),
                Production.of(10, "read", s -> FileGrammar.join(s.event(), s.sink())),
                Production.of(14, "write", s -> List.of(s.event(), s.counter(), s.number(8, 8, 8, 8, 8, 7, 16, 0))),
                Production.of(3, "readv", s -> FileGrammar.join(s.event(), s.vector(true))),
                Production.of(3, "writev", s -> FileGrammar.join(s.event(), s.vector(false))),
                Production.of(8, "poll", s -> List.of(polled(s), s.number(1, 1, 1, 0), s.number(0))),
                Production.of(4, "dup", s -> List.of(s.event())).giving(Result.EVENT),
                Production.of(2, "lseek", s -> List.of(s.event(), s.offset(), s.number(0, 1, 2, 3, 9))),
                Production.of(6, "close", s -> List.of(s.event())));
    }

    private static CallArgument polled(Situation s) {
        return Situation.structure(
                "pollfd", Situation.field("fd", s.event()), Situation.field("events", s.number(1, 4, 5, 0, 0x3fff)));
    }

    private static List<Production> epolls() {
        return List.of(
                Production.of(12, "epoll_create1", s -> List.of(s.anyFlags("EPOLL_CLOEXEC")))
                        .giving(Result.EPOLL),
                Production.of(2, "epoll_create", s -> List.of(s.number(1, 0, -1, 1000)))
                        .giving(Result.EPOLL),
                Production.of(
                        40,
                        "epoll_ctl",
                        s -> List.of(
                                s.epoll(),
                                s.constant("EPOLL_CTL_ADD", "EPOLL_CTL_ADD", "EPOLL_CTL_MOD", "EPOLL_CTL_DEL"),
                                watched(s),
                                wanted(s))),
                Production.of(24, "epoll_wait", s -> FileGrammar.join(s.epoll(), room(s), s.number(0))),
                Production.of(
                        4,
                        "epoll_pwait",
                        s -> FileGrammar.join(s.epoll(), room(s), s.number(0), s.number(0, 1), s.number(8, 8, 0, 4))),
                Production.of(
                        4,
                        "epoll_pwait2",
                        s -> FileGrammar.join(s.epoll(), room(s), noTime(s), s.number(0, 0, 1), s.number(8, 8, 0, 4))),
                Production.of(4, "dup", s -> List.of(s.epoll())).giving(Result.EPOLL),
                Production.of(5, "close", s -> List.of(s.epoll())));
    }

    private static CallArgument watched(Situation s) {
        return switch (s.below(8)) {
            case 0, 1 -> s.epoll();
            case 2, 3 -> s.end(s.below(2));
            case 4 -> s.file();
            default -> s.event();
        };
    }

    private static CallArgument wanted(Situation s) {
        return s.once(25)
                ? s.badPointer()
                : Situation.structure(
                        "epoll_event",
                        Situation.field("events", s.anyFlags(EVENTS)),
                        Situation.field("data", s.number(1, 2, 3, 4, -1, 0x1122_3344_5566_7788L)));
    }

    private static List<CallArgument> room(Situation s) {
        return s.once(12)
                ? List.of(s.badPointer(), s.number(1, 3))
                : List.of(Situation.array("epoll_event", 4), s.number(1, 2, 4, 4, 4, 0, -1, Integer.MAX_VALUE));
    }

    private static CallArgument noTime(Situation s) {
        return s.once(10)
                ? s.number(1, 8)
                : Situation.structure(
                        "__kernel_timespec",
                        Situation.field("tv_sec", s.number(0, 0, 0, -1)),
                        Situation.field("tv_nsec", s.number(0, 0, 0, -1, 1_000_000_000)));
    }

    private static List<Production> timers() {
        List<Production> all = new ArrayList<>(List.of(Production.of(
                        8,
                        "timerfd_create",
                        s -> List.of(s.number(0, 1, 7, 8, 9, 1, 0, 2, 11, -1), s.some("TFD_NONBLOCK", "TFD_CLOEXEC")))
                .giving(Result.EVENT)));
        for (String variant : List.of("", "64")) {
            all.add(Production.of(
                    8,
                    "timerfd_settime" + variant,
                    s -> List.of(s.event(), s.number(0, 0, 0, 2, 4, -1), setting(s, variant), old(s, variant))));
            all.add(Production.of(4, "timerfd_gettime" + variant, s -> List.of(s.event(), old(s, variant))));
        }
        return all;
    }

    private static String itimerspec(Situation s, String variant) {
        return s.abi() == Abi.I386 && variant.isEmpty() ? "old_itimerspec32" : "__kernel_itimerspec";
    }

    /** Never, or in an hour: what comes sooner may come on one side before the next call and on the other after it. */
    private static CallArgument setting(Situation s, String variant) {
        return s.once(15)
                ? s.badPointer()
                : Situation.structure(
                        itimerspec(s, variant),
                        Situation.field("it_interval", time(s, s.number(0, 0, 1, 7, -1))),
                        Situation.field("it_value", time(s, s.number(0, 3600, 0x7fff_0000, 3600, -1))));
    }

    private static CallArgument time(Situation s, CallArgument seconds) {
        return Situation.fields(
                Situation.field("tv_sec", seconds),
                Situation.field("tv_nsec", s.number(0, 0, 0, 0, -1, 1_000_000_000)));
    }

    private static CallArgument old(Situation s, String variant) {
        return s.once(8) ? s.badPointer() : Situation.structure(itimerspec(s, variant));
    }

    private static List<Production> signals() {
        return List.of(Production.of(
                        5,
                        "signalfd4",
                        s -> List.of(
                                s.once(3) ? s.event() : s.number(-1),
                                s.once(10) ? s.badPointer() : s.counter(),
                                s.number(8, 8, 8, 4),
                                s.some("SFD_NONBLOCK", "SFD_CLOEXEC")))
                .giving(Result.EVENT));
    }

    private static List<Production> watches() {
        return List.of(
                Production.of(8, "inotify_init1", s -> List.of(s.some("IN_NONBLOCK", "IN_CLOEXEC")))
                        .giving(Result.WATCHER),
                Production.of(18, "inotify_add_watch", s -> List.of(s.watcher(), s.path(), mask(s)))
                        .giving(Result.NUMBER),
                Production.of(4, "inotify_rm_watch", s -> List.of(s.watcher(), s.number(1, 1, 2, 3, 0, -1))),
                Production.of(
                        24,
                        "read",
                        s -> List.of(
                                s.watcher(),
                                Situation.array("inotify_event", 64),
                                s.number(1024, 1024, 1024, 100, 16, 15, 33))),
                Production.of(
                        2, "ioctl", s -> List.of(s.watcher(), s.constant("FIONREAD"), Situation.structure("int"))),
                Production.of(2, "close", s -> List.of(s.watcher())));
    }

    private static CallArgument mask(Situation s) {
        return s.once(2) ? s.constant("IN_ALL_EVENTS") : s.anyFlags(WATCHED);
    }
}
