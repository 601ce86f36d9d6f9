package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;
import dev.trapgate.emulator.linux.kernel.time.Timespec.Width;

/** The calls of {@code fs/} that make files of events. */
final class EventSyscalls {

    private EventSyscalls() {}

    /** Adds them to a convention's calls. */
    static void define(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.EVENTFD, EventfdCalls::eventfd)
                .add(Syscall.EVENTFD2, EventfdCalls::eventfd2)
                .add(Syscall.EPOLL_CREATE, EventpollCalls::epollCreate)
                .add(Syscall.EPOLL_CREATE1, EventpollCalls::epollCreate1)
                .add(Syscall.EPOLL_CTL, EventpollCalls::epollCtl)
                .add(Syscall.EPOLL_WAIT, EventpollCalls::epollWait)
                .add(Syscall.EPOLL_PWAIT, EventpollCalls::epollPwait)
                .add(Syscall.EPOLL_PWAIT2, EventpollCalls::epollPwait2)
                .add(Syscall.SIGNALFD, SignalfdCalls::signalfd)
                .add(Syscall.SIGNALFD4, SignalfdCalls::signalfd4)
                .add(Syscall.INOTIFY_INIT, InotifyCalls::inotifyInit)
                .add(Syscall.INOTIFY_INIT1, InotifyCalls::inotifyInit1)
                .add(Syscall.INOTIFY_ADD_WATCH, InotifyCalls::inotifyAddWatch)
                .add(Syscall.INOTIFY_RM_WATCH, InotifyCalls::inotifyRmWatch)
                .add(Syscall.TIMERFD_CREATE, TimerfdCalls::timerfdCreate);
        timerfd(definitions);
    }

    private static void timerfd(SyscallDefinitions definitions) {
        boolean narrow = definitions.abi() == Abi.I386;
        Width width = narrow ? Width.BITS_32 : Width.BITS_64;
        definitions
                .add(Syscall.TIMERFD_SETTIME, TimerfdCalls.settime(width))
                .add(Syscall.TIMERFD_GETTIME, TimerfdCalls.gettime(width));
        if (narrow) {
            definitions
                    .add(Syscall.TIMERFD_SETTIME64, TimerfdCalls.settime(Width.BITS_64))
                    .add(Syscall.TIMERFD_GETTIME64, TimerfdCalls.gettime(Width.BITS_64));
        }
    }
}
