package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

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
                .add(Syscall.EPOLL_PWAIT2, EventpollCalls::epollPwait2);
    }
}
