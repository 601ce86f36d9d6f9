package dev.trapgate.security;

import dev.trapgate.Gates;
import dev.trapgate.Linux;
import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.kernel.RefusedCallException;
import dev.trapgate.kernel.SyscallException;
import java.util.concurrent.CompletableFuture;

/** What SeccompCallsTest does in JVMs of its own, for a filter is for ever. */
final class Confined {

    private Confined() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "thread" -> thread();
            case "all" -> allThreads();
            case "foreign" -> foreignCall();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Sockets of AF_INET are refused, others are not. */
    private static SeccompFilter noInternet() {
        return SeccompFilter.of(Abi.X86_64)
                .on(SeccompAction.errno(Errno.EACCES), Syscall.SOCKET, ArgumentComparison.isInt(0, 2))
                .on(SeccompAction.errno(Errno.EPERM), Syscall.PTRACE, Syscall.MOUNT)
                .otherwise(SeccompAction.SECCOMP_RET_ALLOW);
    }

    private static String socket(Linux linux, int family) {
        long answer = linux.raw(Syscall.SOCKET, family, 1, 0);
        return answer < 0 ? Errno.of(answer).orElseThrow().name() : "made";
    }

    private static String inThread(Runnable code, Linux linux) throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            code.run();
            told.complete(socket(linux, 2) + " " + socket(linux, 1));
        });
        return told.get();
    }

    private static void thread() throws Exception {
        Linux linux = Linux.host();
        try {
            linux.seccomp().install(noInternet());
        } catch (RefusedCallException refusal) {
            System.out.println(refusal.getMessage());
        }
        System.out.println("confined: " + inThread(() -> confine(linux), linux));
        System.out.println("others: " + socket(linux, 2) + " " + socket(linux, 1));
    }

    private static void confine(Linux linux) {
        linux.process().setNoNewPrivs();
        linux.seccomp().install(noInternet());
        try {
            linux.call(Syscall.MOUNT);
        } catch (SyscallException failure) {
            System.out.println(failure.getMessage());
        }
    }

    private static void allThreads() throws Exception {
        Linux linux = Linux.host();
        CompletableFuture<Void> installed = new CompletableFuture<>();
        CompletableFuture<String> told = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            installed.join();
            told.complete(socket(linux, 2) + " " + socket(linux, 1));
        });
        linux.process().setNoNewPrivs();
        linux.seccomp().installInAllThreads(noInternet());
        installed.complete(null);
        System.out.println("an older thread: " + told.get());
        System.gc();
        System.out.println("and the JVM lives");
    }

    private static void foreignCall() {
        Linux linux = Linux.host();
        Linux other = Linux.over(Gates.open(Gate.INT80));
        System.out.println("before: " + (other.process().getpid().value() > 0));
        linux.process().setNoNewPrivs();
        linux.seccomp().install(SeccompFilter.of(Abi.X86_64).otherwise(SeccompAction.SECCOMP_RET_ALLOW));
        System.out.println("64-bit: " + (linux.process().getpid().value() > 0));
        System.out.println("after: " + other.process().getpid());
    }
}
