package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

/** The calls of {@code ipc/}. */
public final class IpcSyscalls {

    private static final String NO_NETLINK = "no netlink sockets for SIGEV_THREAD";

    private IpcSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        systemV(definitions);
        posix(definitions);
        if (definitions.abi() == Abi.I386) {
            i386(definitions);
        } else {
            x8664(definitions);
        }
    }

    private static void systemV(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.MSGGET, MessageCalls::msgget)
                .add(Syscall.MSGSND, MessageCalls::msgsnd)
                .add(Syscall.MSGRCV, MessageCalls::msgrcv)
                .add(Syscall.MSGCTL, MessageControl::msgctl)
                .add(Syscall.SEMGET, SemaphoreCalls::semget)
                .add(Syscall.SEMCTL, SemaphoreControl::semctl)
                .add(Syscall.SHMGET, SharedMemoryCalls::shmget)
                .add(Syscall.SHMAT, SharedMemoryCalls::shmat)
                .add(Syscall.SHMDT, SharedMemoryCalls::shmdt)
                .add(Syscall.SHMCTL, SharedMemoryControl::shmctl);
    }

    private static void posix(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.MQ_OPEN, MqueueNames::open)
                .add(Syscall.MQ_UNLINK, MqueueNames::unlink)
                .partly(Syscall.MQ_NOTIFY, MqueueCalls::notify, NO_NETLINK)
                .add(Syscall.MQ_GETSETATTR, MqueueCalls::getsetattr);
    }

    private static void x8664(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.SEMOP, SemaphoreCalls::semop)
                .add(Syscall.SEMTIMEDOP, SemaphoreCalls::semtimedop)
                .add(Syscall.MQ_TIMEDSEND, MqueueCalls::timedsend)
                .add(Syscall.MQ_TIMEDRECEIVE, MqueueCalls::timedreceive);
    }

    private static void i386(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.IPC, IpcCall::ipc)
                .add(Syscall.SEMTIMEDOP_TIME64, SemaphoreCalls::semtimedop)
                .add(Syscall.MQ_TIMEDSEND, MqueueCalls::timedsend32)
                .add(Syscall.MQ_TIMEDRECEIVE, MqueueCalls::timedreceive32)
                .add(Syscall.MQ_TIMEDSEND_TIME64, MqueueCalls::timedsend)
                .add(Syscall.MQ_TIMEDRECEIVE_TIME64, MqueueCalls::timedreceive);
    }
}
