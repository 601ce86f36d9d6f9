package dev.trapgate.host.glibc;

import static dev.trapgate.host.glibc.GlibcWrapper.ZERO;
import static dev.trapgate.host.glibc.GlibcWrapper.function;
import static dev.trapgate.host.glibc.GlibcWrapper.variadic;
import static dev.trapgate.host.glibc.WrapperAnswer.ERROR_NUMBER;
import static dev.trapgate.host.glibc.WrapperAnswer.NEVER_FAILS;
import static dev.trapgate.host.glibc.WrapperAnswer.POINTER_OR_NULL;

import dev.trapgate.abi.Syscall;
import dev.trapgate.bindings.clocks_h;
import dev.trapgate.bindings.events_h;
import dev.trapgate.bindings.files_h;
import dev.trapgate.bindings.ipc_h;
import dev.trapgate.bindings.linux_shared;
import dev.trapgate.bindings.machine_h;
import dev.trapgate.bindings.memory_h;
import dev.trapgate.bindings.mounts_h;
import dev.trapgate.bindings.processes_h;
import dev.trapgate.bindings.signals_h;
import dev.trapgate.bindings.sockets_h;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which of glibc's functions makes which system call, by subject as the umbrella headers in {@code native-headers} are
 * divided. A function is looked up when its call is first made.
 *
 * <p>A call is left out, with the reason in {@link #whyNone}, where glibc has no function for it, where the function
 * takes something else than the call does, and where the function reads or writes through its pointers before the kernel
 * has checked them: a bad pointer must answer {@code EFAULT}, not end the JVM.
 */
final class GlibcWrappers {

    private static final List<Function<Syscall, Optional<GlibcWrapper>>> SUBJECTS = List.of(
            GlibcWrappers::files,
            GlibcWrappers::memory,
            GlibcWrappers::processes,
            GlibcWrappers::clocks,
            GlibcWrappers::events,
            GlibcWrappers::sockets,
            GlibcWrappers::signals,
            GlibcWrappers::ipc,
            GlibcWrappers::mounts,
            GlibcWrappers::machine);

    private GlibcWrappers() {}

    /**
     * Finds the function that makes a call.
     *
     * @param call the call
     * @return the function, or empty if there is none to use; {@link #whyNone} says why
     */
    static Optional<GlibcWrapper> find(Syscall call) {
        return SUBJECTS.stream()
                .flatMap(subject -> subject.apply(call).stream())
                .findFirst();
    }

    /**
     * Says why a call has no function.
     *
     * @param call a call that {@link #find} knows none for
     * @return the reason, a sentence for a person
     */
    static String whyNone(Syscall call) {
        return switch (call) {
            case SELECT,
                    PSELECT6,
                    PPOLL,
                    RT_SIGPROCMASK,
                    UTIME,
                    UTIMES,
                    FUTIMESAT,
                    SETTIMEOFDAY,
                    CLOCK_SETTIME,
                    SCHED_GETAFFINITY,
                    MQ_OPEN,
                    MQ_UNLINK,
                    MQ_NOTIFY ->
                "glibc's function for " + call.callName() + " uses its pointers before the kernel has checked them, "
                        + "and a bad one would end this JVM";
            case TIMER_CREATE, TIMER_SETTIME, TIMER_GETTIME, TIMER_GETOVERRUN, TIMER_DELETE ->
                "glibc's timer_t is not the kernel's timer number";
            case RT_SIGACTION -> "glibc's struct sigaction is not the kernel's, and it uses its pointers itself";
            case GETPRIORITY -> "getpriority of glibc answers -1 both for an error and for a priority";
            case EXIT -> "exit of glibc ends the process, not the thread";
            case EVENTFD, SIGNALFD ->
                "glibc's " + call.callName() + " makes " + call.callName() + (call == Syscall.EVENTFD ? "2" : "4");
            case FORK, VFORK, CLONE, CLONE3, EXECVE, EXECVEAT ->
                call.callName() + " by glibc would fork or replace this JVM";
            default -> "glibc has no function for " + call.callName();
        };
    }

    private static Optional<GlibcWrapper> files(Syscall call) {
        return switch (call) {
            case READ -> Optional.of(function("read", files_h.read$descriptor(), files_h.read$address()));
            case WRITE -> Optional.of(function("write", files_h.write$descriptor(), files_h.write$address()));
            case OPEN ->
                Optional.of(variadic(
                        "open", 2, files_h.open.makeInvoker(linux_shared.C_INT).descriptor(), files_h.open.address()));
            case CLOSE -> Optional.of(function("close", files_h.close$descriptor(), files_h.close$address()));
            case STAT -> Optional.of(function("stat", files_h.stat$descriptor(), files_h.stat$address()));
            case FSTAT -> Optional.of(function("fstat", files_h.fstat$descriptor(), files_h.fstat$address()));
            case LSTAT -> Optional.of(function("lstat", files_h.lstat$descriptor(), files_h.lstat$address()));
            case LSEEK -> Optional.of(function("lseek", files_h.lseek$descriptor(), files_h.lseek$address()));
            case IOCTL ->
                Optional.of(variadic(
                        "ioctl",
                        2,
                        files_h.ioctl.makeInvoker(linux_shared.C_LONG).descriptor(),
                        files_h.ioctl.address()));
            case PREAD64 -> Optional.of(function("pread", files_h.pread$descriptor(), files_h.pread$address()));
            case PWRITE64 -> Optional.of(function("pwrite", files_h.pwrite$descriptor(), files_h.pwrite$address()));
            case READV -> Optional.of(function("readv", files_h.readv$descriptor(), files_h.readv$address()));
            case WRITEV -> Optional.of(function("writev", files_h.writev$descriptor(), files_h.writev$address()));
            case ACCESS -> Optional.of(function("access", files_h.access$descriptor(), files_h.access$address()));
            case PIPE -> Optional.of(function("pipe", files_h.pipe$descriptor(), files_h.pipe$address()));
            case DUP -> Optional.of(function("dup", files_h.dup$descriptor(), files_h.dup$address()));
            case DUP2 -> Optional.of(function("dup2", files_h.dup2$descriptor(), files_h.dup2$address()));
            case SENDFILE ->
                Optional.of(function("sendfile", files_h.sendfile$descriptor(), files_h.sendfile$address()));
            case FCNTL ->
                Optional.of(variadic(
                        "fcntl",
                        2,
                        files_h.fcntl.makeInvoker(linux_shared.C_LONG).descriptor(),
                        files_h.fcntl.address()));
            case FLOCK -> Optional.of(function("flock", files_h.flock$descriptor(), files_h.flock$address()));
            case FSYNC -> Optional.of(function("fsync", files_h.fsync$descriptor(), files_h.fsync$address()));
            case FDATASYNC ->
                Optional.of(function("fdatasync", files_h.fdatasync$descriptor(), files_h.fdatasync$address()));
            case TRUNCATE ->
                Optional.of(function("truncate", files_h.truncate$descriptor(), files_h.truncate$address()));
            case FTRUNCATE ->
                Optional.of(function("ftruncate", files_h.ftruncate$descriptor(), files_h.ftruncate$address()));
            case GETCWD ->
                Optional.of(function("getcwd", files_h.getcwd$descriptor(), files_h.getcwd$address())
                        .answering(POINTER_OR_NULL));
            case CHDIR -> Optional.of(function("chdir", files_h.chdir$descriptor(), files_h.chdir$address()));
            case FCHDIR -> Optional.of(function("fchdir", files_h.fchdir$descriptor(), files_h.fchdir$address()));
            case RENAME -> Optional.of(function("rename", files_h.rename$descriptor(), files_h.rename$address()));
            case MKDIR -> Optional.of(function("mkdir", files_h.mkdir$descriptor(), files_h.mkdir$address()));
            case RMDIR -> Optional.of(function("rmdir", files_h.rmdir$descriptor(), files_h.rmdir$address()));
            case CREAT -> Optional.of(function("creat", files_h.creat$descriptor(), files_h.creat$address()));
            case LINK -> Optional.of(function("link", files_h.link$descriptor(), files_h.link$address()));
            case UNLINK -> Optional.of(function("unlink", files_h.unlink$descriptor(), files_h.unlink$address()));
            case SYMLINK -> Optional.of(function("symlink", files_h.symlink$descriptor(), files_h.symlink$address()));
            case READLINK ->
                Optional.of(function("readlink", files_h.readlink$descriptor(), files_h.readlink$address()));
            case CHMOD -> Optional.of(function("chmod", files_h.chmod$descriptor(), files_h.chmod$address()));
            case FCHMOD -> Optional.of(function("fchmod", files_h.fchmod$descriptor(), files_h.fchmod$address()));
            case CHOWN -> Optional.of(function("chown", files_h.chown$descriptor(), files_h.chown$address()));
            case FCHOWN -> Optional.of(function("fchown", files_h.fchown$descriptor(), files_h.fchown$address()));
            case LCHOWN -> Optional.of(function("lchown", files_h.lchown$descriptor(), files_h.lchown$address()));
            case UMASK ->
                Optional.of(function("umask", files_h.umask$descriptor(), files_h.umask$address())
                        .answering(NEVER_FAILS));
            case MKNOD -> Optional.of(function("mknod", files_h.mknod$descriptor(), files_h.mknod$address()));
            case STATFS -> Optional.of(function("statfs", files_h.statfs$descriptor(), files_h.statfs$address()));
            case FSTATFS -> Optional.of(function("fstatfs", files_h.fstatfs$descriptor(), files_h.fstatfs$address()));
            case READAHEAD ->
                Optional.of(function("readahead", files_h.readahead$descriptor(), files_h.readahead$address()));
            case SETXATTR ->
                Optional.of(function("setxattr", files_h.setxattr$descriptor(), files_h.setxattr$address()));
            case LSETXATTR ->
                Optional.of(function("lsetxattr", files_h.lsetxattr$descriptor(), files_h.lsetxattr$address()));
            case FSETXATTR ->
                Optional.of(function("fsetxattr", files_h.fsetxattr$descriptor(), files_h.fsetxattr$address()));
            case GETXATTR ->
                Optional.of(function("getxattr", files_h.getxattr$descriptor(), files_h.getxattr$address()));
            case LGETXATTR ->
                Optional.of(function("lgetxattr", files_h.lgetxattr$descriptor(), files_h.lgetxattr$address()));
            case FGETXATTR ->
                Optional.of(function("fgetxattr", files_h.fgetxattr$descriptor(), files_h.fgetxattr$address()));
            case LISTXATTR ->
                Optional.of(function("listxattr", files_h.listxattr$descriptor(), files_h.listxattr$address()));
            case LLISTXATTR ->
                Optional.of(function("llistxattr", files_h.llistxattr$descriptor(), files_h.llistxattr$address()));
            case FLISTXATTR ->
                Optional.of(function("flistxattr", files_h.flistxattr$descriptor(), files_h.flistxattr$address()));
            case REMOVEXATTR ->
                Optional.of(function("removexattr", files_h.removexattr$descriptor(), files_h.removexattr$address()));
            case LREMOVEXATTR ->
                Optional.of(
                        function("lremovexattr", files_h.lremovexattr$descriptor(), files_h.lremovexattr$address()));
            case FREMOVEXATTR ->
                Optional.of(
                        function("fremovexattr", files_h.fremovexattr$descriptor(), files_h.fremovexattr$address()));
            case GETDENTS64 ->
                Optional.of(function("getdents64", files_h.getdents64$descriptor(), files_h.getdents64$address()));
            case FADVISE64 ->
                Optional.of(
                        function("posix_fadvise", files_h.posix_fadvise$descriptor(), files_h.posix_fadvise$address())
                                .answering(ERROR_NUMBER));
            case OPENAT ->
                Optional.of(variadic(
                        "openat",
                        3,
                        files_h.openat.makeInvoker(linux_shared.C_INT).descriptor(),
                        files_h.openat.address()));
            case MKDIRAT -> Optional.of(function("mkdirat", files_h.mkdirat$descriptor(), files_h.mkdirat$address()));
            case MKNODAT -> Optional.of(function("mknodat", files_h.mknodat$descriptor(), files_h.mknodat$address()));
            case FCHOWNAT ->
                Optional.of(function("fchownat", files_h.fchownat$descriptor(), files_h.fchownat$address()));
            case NEWFSTATAT ->
                Optional.of(function("fstatat", files_h.fstatat$descriptor(), files_h.fstatat$address()));
            case UNLINKAT ->
                Optional.of(function("unlinkat", files_h.unlinkat$descriptor(), files_h.unlinkat$address()));
            case RENAMEAT ->
                Optional.of(function("renameat", files_h.renameat$descriptor(), files_h.renameat$address()));
            case LINKAT -> Optional.of(function("linkat", files_h.linkat$descriptor(), files_h.linkat$address()));
            case SYMLINKAT ->
                Optional.of(function("symlinkat", files_h.symlinkat$descriptor(), files_h.symlinkat$address()));
            case READLINKAT ->
                Optional.of(function("readlinkat", files_h.readlinkat$descriptor(), files_h.readlinkat$address()));
            case FCHMODAT ->
                Optional.of(function("fchmodat", files_h.fchmodat$descriptor(), files_h.fchmodat$address())
                        .taking(1, 2, 3, ZERO));
            case FACCESSAT ->
                Optional.of(function("faccessat", files_h.faccessat$descriptor(), files_h.faccessat$address())
                        .taking(1, 2, 3, ZERO));
            case SPLICE -> Optional.of(function("splice", files_h.splice$descriptor(), files_h.splice$address()));
            case TEE -> Optional.of(function("tee", files_h.tee$descriptor(), files_h.tee$address()));
            case SYNC_FILE_RANGE ->
                Optional.of(function(
                        "sync_file_range", files_h.sync_file_range$descriptor(), files_h.sync_file_range$address()));
            case VMSPLICE ->
                Optional.of(function("vmsplice", files_h.vmsplice$descriptor(), files_h.vmsplice$address()));
            case UTIMENSAT ->
                Optional.of(function("utimensat", files_h.utimensat$descriptor(), files_h.utimensat$address()));
            case FALLOCATE ->
                Optional.of(function("fallocate", files_h.fallocate$descriptor(), files_h.fallocate$address()));
            case DUP3 -> Optional.of(function("dup3", files_h.dup3$descriptor(), files_h.dup3$address()));
            case PIPE2 -> Optional.of(function("pipe2", files_h.pipe2$descriptor(), files_h.pipe2$address()));
            case PREADV -> Optional.of(function("preadv", files_h.preadv$descriptor(), files_h.preadv$address()));
            case PWRITEV -> Optional.of(function("pwritev", files_h.pwritev$descriptor(), files_h.pwritev$address()));
            case NAME_TO_HANDLE_AT ->
                Optional.of(function(
                        "name_to_handle_at",
                        files_h.name_to_handle_at$descriptor(),
                        files_h.name_to_handle_at$address()));
            case OPEN_BY_HANDLE_AT ->
                Optional.of(function(
                        "open_by_handle_at",
                        files_h.open_by_handle_at$descriptor(),
                        files_h.open_by_handle_at$address()));
            case RENAMEAT2 ->
                Optional.of(function("renameat2", files_h.renameat2$descriptor(), files_h.renameat2$address()));
            case COPY_FILE_RANGE ->
                Optional.of(function(
                        "copy_file_range", files_h.copy_file_range$descriptor(), files_h.copy_file_range$address()));
            case PREADV2 ->
                Optional.of(function("preadv2", files_h.preadv2$descriptor(), files_h.preadv2$address())
                        .taking(1, 2, 3, 4, 6));
            case PWRITEV2 ->
                Optional.of(function("pwritev2", files_h.pwritev2$descriptor(), files_h.pwritev2$address())
                        .taking(1, 2, 3, 4, 6));
            case STATX -> Optional.of(function("statx", files_h.statx$descriptor(), files_h.statx$address()));
            case CLOSE_RANGE ->
                Optional.of(function("close_range", files_h.close_range$descriptor(), files_h.close_range$address()));
            default -> Optional.empty();
        };
    }

    private static Optional<GlibcWrapper> memory(Syscall call) {
        return switch (call) {
            case MMAP -> Optional.of(function("mmap", memory_h.mmap$descriptor(), memory_h.mmap$address()));
            case MPROTECT ->
                Optional.of(function("mprotect", memory_h.mprotect$descriptor(), memory_h.mprotect$address()));
            case MUNMAP -> Optional.of(function("munmap", memory_h.munmap$descriptor(), memory_h.munmap$address()));
            case BRK -> Optional.of(function("brk", memory_h.brk$descriptor(), memory_h.brk$address()));
            case MREMAP ->
                Optional.of(variadic(
                        "mremap",
                        4,
                        memory_h.mremap.makeInvoker(linux_shared.C_LONG).descriptor(),
                        memory_h.mremap.address()));
            case MSYNC -> Optional.of(function("msync", memory_h.msync$descriptor(), memory_h.msync$address()));
            case MINCORE -> Optional.of(function("mincore", memory_h.mincore$descriptor(), memory_h.mincore$address()));
            case MADVISE -> Optional.of(function("madvise", memory_h.madvise$descriptor(), memory_h.madvise$address()));
            case MLOCK -> Optional.of(function("mlock", memory_h.mlock$descriptor(), memory_h.mlock$address()));
            case MUNLOCK -> Optional.of(function("munlock", memory_h.munlock$descriptor(), memory_h.munlock$address()));
            case MLOCKALL ->
                Optional.of(function("mlockall", memory_h.mlockall$descriptor(), memory_h.mlockall$address()));
            case MUNLOCKALL ->
                Optional.of(function("munlockall", memory_h.munlockall$descriptor(), memory_h.munlockall$address()));
            case REMAP_FILE_PAGES ->
                Optional.of(function(
                        "remap_file_pages",
                        memory_h.remap_file_pages$descriptor(),
                        memory_h.remap_file_pages$address()));
            case PROCESS_VM_READV ->
                Optional.of(function(
                        "process_vm_readv",
                        memory_h.process_vm_readv$descriptor(),
                        memory_h.process_vm_readv$address()));
            case PROCESS_VM_WRITEV ->
                Optional.of(function(
                        "process_vm_writev",
                        memory_h.process_vm_writev$descriptor(),
                        memory_h.process_vm_writev$address()));
            case MEMFD_CREATE ->
                Optional.of(
                        function("memfd_create", memory_h.memfd_create$descriptor(), memory_h.memfd_create$address()));
            case MLOCK2 -> Optional.of(function("mlock2", memory_h.mlock2$descriptor(), memory_h.mlock2$address()));
            case PKEY_MPROTECT ->
                Optional.of(function(
                        "pkey_mprotect", memory_h.pkey_mprotect$descriptor(), memory_h.pkey_mprotect$address()));
            case PKEY_ALLOC ->
                Optional.of(function("pkey_alloc", memory_h.pkey_alloc$descriptor(), memory_h.pkey_alloc$address()));
            case PKEY_FREE ->
                Optional.of(function("pkey_free", memory_h.pkey_free$descriptor(), memory_h.pkey_free$address()));
            case PROCESS_MADVISE ->
                Optional.of(function(
                        "process_madvise", memory_h.process_madvise$descriptor(), memory_h.process_madvise$address()));
            case PROCESS_MRELEASE ->
                Optional.of(function(
                        "process_mrelease",
                        memory_h.process_mrelease$descriptor(),
                        memory_h.process_mrelease$address()));
            default -> Optional.empty();
        };
    }

    private static Optional<GlibcWrapper> processes(Syscall call) {
        return switch (call) {
            case SCHED_YIELD ->
                Optional.of(function(
                        "sched_yield", processes_h.sched_yield$descriptor(), processes_h.sched_yield$address()));
            case GETPID ->
                Optional.of(function("getpid", processes_h.getpid$descriptor(), processes_h.getpid$address())
                        .answering(NEVER_FAILS));
            case WAIT4 -> Optional.of(function("wait4", processes_h.wait4$descriptor(), processes_h.wait4$address()));
            case GETRLIMIT ->
                Optional.of(function("getrlimit", processes_h.getrlimit$descriptor(), processes_h.getrlimit$address()));
            case GETRUSAGE ->
                Optional.of(function("getrusage", processes_h.getrusage$descriptor(), processes_h.getrusage$address()));
            case TIMES -> Optional.of(function("times", processes_h.times$descriptor(), processes_h.times$address()));
            case GETUID ->
                Optional.of(function("getuid", processes_h.getuid$descriptor(), processes_h.getuid$address())
                        .answering(NEVER_FAILS));
            case GETGID ->
                Optional.of(function("getgid", processes_h.getgid$descriptor(), processes_h.getgid$address())
                        .answering(NEVER_FAILS));
            case SETUID ->
                Optional.of(function("setuid", processes_h.setuid$descriptor(), processes_h.setuid$address()));
            case SETGID ->
                Optional.of(function("setgid", processes_h.setgid$descriptor(), processes_h.setgid$address()));
            case GETEUID ->
                Optional.of(function("geteuid", processes_h.geteuid$descriptor(), processes_h.geteuid$address())
                        .answering(NEVER_FAILS));
            case GETEGID ->
                Optional.of(function("getegid", processes_h.getegid$descriptor(), processes_h.getegid$address())
                        .answering(NEVER_FAILS));
            case SETPGID ->
                Optional.of(function("setpgid", processes_h.setpgid$descriptor(), processes_h.setpgid$address()));
            case GETPPID ->
                Optional.of(function("getppid", processes_h.getppid$descriptor(), processes_h.getppid$address())
                        .answering(NEVER_FAILS));
            case GETPGRP ->
                Optional.of(function("getpgrp", processes_h.getpgrp$descriptor(), processes_h.getpgrp$address())
                        .answering(NEVER_FAILS));
            case SETSID ->
                Optional.of(function("setsid", processes_h.setsid$descriptor(), processes_h.setsid$address()));
            case SETREUID ->
                Optional.of(function("setreuid", processes_h.setreuid$descriptor(), processes_h.setreuid$address()));
            case SETREGID ->
                Optional.of(function("setregid", processes_h.setregid$descriptor(), processes_h.setregid$address()));
            case GETGROUPS ->
                Optional.of(function("getgroups", processes_h.getgroups$descriptor(), processes_h.getgroups$address()));
            case SETGROUPS ->
                Optional.of(function("setgroups", processes_h.setgroups$descriptor(), processes_h.setgroups$address()));
            case SETRESUID ->
                Optional.of(function("setresuid", processes_h.setresuid$descriptor(), processes_h.setresuid$address()));
            case GETRESUID ->
                Optional.of(function("getresuid", processes_h.getresuid$descriptor(), processes_h.getresuid$address()));
            case SETRESGID ->
                Optional.of(function("setresgid", processes_h.setresgid$descriptor(), processes_h.setresgid$address()));
            case GETRESGID ->
                Optional.of(function("getresgid", processes_h.getresgid$descriptor(), processes_h.getresgid$address()));
            case GETPGID ->
                Optional.of(function("getpgid", processes_h.getpgid$descriptor(), processes_h.getpgid$address()));
            case SETFSUID ->
                Optional.of(function("setfsuid", processes_h.setfsuid$descriptor(), processes_h.setfsuid$address())
                        .answering(NEVER_FAILS));
            case SETFSGID ->
                Optional.of(function("setfsgid", processes_h.setfsgid$descriptor(), processes_h.setfsgid$address())
                        .answering(NEVER_FAILS));
            case GETSID ->
                Optional.of(function("getsid", processes_h.getsid$descriptor(), processes_h.getsid$address()));
            case PERSONALITY ->
                Optional.of(
                        function("personality", processes_h.personality$descriptor(), processes_h.personality$address())
                                .answering(NEVER_FAILS));
            case SETPRIORITY ->
                Optional.of(function(
                        "setpriority", processes_h.setpriority$descriptor(), processes_h.setpriority$address()));
            case SCHED_SETPARAM ->
                Optional.of(function(
                        "sched_setparam",
                        processes_h.sched_setparam$descriptor(),
                        processes_h.sched_setparam$address()));
            case SCHED_GETPARAM ->
                Optional.of(function(
                        "sched_getparam",
                        processes_h.sched_getparam$descriptor(),
                        processes_h.sched_getparam$address()));
            case SCHED_SETSCHEDULER ->
                Optional.of(function(
                        "sched_setscheduler",
                        processes_h.sched_setscheduler$descriptor(),
                        processes_h.sched_setscheduler$address()));
            case SCHED_GETSCHEDULER ->
                Optional.of(function(
                        "sched_getscheduler",
                        processes_h.sched_getscheduler$descriptor(),
                        processes_h.sched_getscheduler$address()));
            case SCHED_GET_PRIORITY_MAX ->
                Optional.of(function(
                        "sched_get_priority_max",
                        processes_h.sched_get_priority_max$descriptor(),
                        processes_h.sched_get_priority_max$address()));
            case SCHED_GET_PRIORITY_MIN ->
                Optional.of(function(
                        "sched_get_priority_min",
                        processes_h.sched_get_priority_min$descriptor(),
                        processes_h.sched_get_priority_min$address()));
            case SCHED_RR_GET_INTERVAL ->
                Optional.of(function(
                        "sched_rr_get_interval",
                        processes_h.sched_rr_get_interval$descriptor(),
                        processes_h.sched_rr_get_interval$address()));
            case VHANGUP ->
                Optional.of(function("vhangup", processes_h.vhangup$descriptor(), processes_h.vhangup$address()));
            case PRCTL ->
                Optional.of(variadic(
                        "prctl",
                        1,
                        processes_h
                                .prctl
                                .makeInvoker(
                                        linux_shared.C_LONG,
                                        linux_shared.C_LONG,
                                        linux_shared.C_LONG,
                                        linux_shared.C_LONG)
                                .descriptor(),
                        processes_h.prctl.address()));
            case SETRLIMIT ->
                Optional.of(function("setrlimit", processes_h.setrlimit$descriptor(), processes_h.setrlimit$address()));
            case GETTID ->
                Optional.of(function("gettid", processes_h.gettid$descriptor(), processes_h.gettid$address())
                        .answering(NEVER_FAILS));
            case SCHED_SETAFFINITY ->
                Optional.of(function(
                        "sched_setaffinity",
                        processes_h.sched_setaffinity$descriptor(),
                        processes_h.sched_setaffinity$address()));
            case EXIT_GROUP ->
                Optional.of(function("_exit", processes_h._exit$descriptor(), processes_h._exit$address()));
            case WAITID ->
                Optional.of(function("waitid", processes_h.waitid$descriptor(), processes_h.waitid$address()));
            case UNSHARE ->
                Optional.of(function("unshare", processes_h.unshare$descriptor(), processes_h.unshare$address()));
            case PRLIMIT64 ->
                Optional.of(function("prlimit", processes_h.prlimit$descriptor(), processes_h.prlimit$address()));
            case SETNS -> Optional.of(function("setns", processes_h.setns$descriptor(), processes_h.setns$address()));
            case GETCPU ->
                Optional.of(function("getcpu", processes_h.getcpu$descriptor(), processes_h.getcpu$address()));
            case PIDFD_SEND_SIGNAL ->
                Optional.of(function(
                        "pidfd_send_signal",
                        processes_h.pidfd_send_signal$descriptor(),
                        processes_h.pidfd_send_signal$address()));
            case PIDFD_OPEN ->
                Optional.of(
                        function("pidfd_open", processes_h.pidfd_open$descriptor(), processes_h.pidfd_open$address()));
            case PIDFD_GETFD ->
                Optional.of(function(
                        "pidfd_getfd", processes_h.pidfd_getfd$descriptor(), processes_h.pidfd_getfd$address()));
            default -> Optional.empty();
        };
    }

    private static Optional<GlibcWrapper> clocks(Syscall call) {
        return switch (call) {
            case NANOSLEEP ->
                Optional.of(function("nanosleep", clocks_h.nanosleep$descriptor(), clocks_h.nanosleep$address()));
            case GETITIMER ->
                Optional.of(function("getitimer", clocks_h.getitimer$descriptor(), clocks_h.getitimer$address()));
            case SETITIMER ->
                Optional.of(function("setitimer", clocks_h.setitimer$descriptor(), clocks_h.setitimer$address()));
            case GETTIMEOFDAY ->
                Optional.of(
                        function("gettimeofday", clocks_h.gettimeofday$descriptor(), clocks_h.gettimeofday$address()));
            case ADJTIMEX ->
                Optional.of(function("adjtimex", clocks_h.adjtimex$descriptor(), clocks_h.adjtimex$address()));
            case TIME -> Optional.of(function("time", clocks_h.time$descriptor(), clocks_h.time$address()));
            case CLOCK_GETTIME ->
                Optional.of(function(
                        "clock_gettime", clocks_h.clock_gettime$descriptor(), clocks_h.clock_gettime$address()));
            case CLOCK_GETRES ->
                Optional.of(
                        function("clock_getres", clocks_h.clock_getres$descriptor(), clocks_h.clock_getres$address()));
            case CLOCK_NANOSLEEP ->
                Optional.of(function(
                                "clock_nanosleep",
                                clocks_h.clock_nanosleep$descriptor(),
                                clocks_h.clock_nanosleep$address())
                        .answering(ERROR_NUMBER));
            case TIMERFD_CREATE ->
                Optional.of(function(
                        "timerfd_create", clocks_h.timerfd_create$descriptor(), clocks_h.timerfd_create$address()));
            case TIMERFD_SETTIME ->
                Optional.of(function(
                        "timerfd_settime", clocks_h.timerfd_settime$descriptor(), clocks_h.timerfd_settime$address()));
            case TIMERFD_GETTIME ->
                Optional.of(function(
                        "timerfd_gettime", clocks_h.timerfd_gettime$descriptor(), clocks_h.timerfd_gettime$address()));
            case CLOCK_ADJTIME ->
                Optional.of(function(
                        "clock_adjtime", clocks_h.clock_adjtime$descriptor(), clocks_h.clock_adjtime$address()));
            default -> Optional.empty();
        };
    }

    private static Optional<GlibcWrapper> events(Syscall call) {
        return switch (call) {
            case POLL -> Optional.of(function("poll", events_h.poll$descriptor(), events_h.poll$address()));
            case EPOLL_CREATE ->
                Optional.of(
                        function("epoll_create", events_h.epoll_create$descriptor(), events_h.epoll_create$address()));
            case EPOLL_WAIT ->
                Optional.of(function("epoll_wait", events_h.epoll_wait$descriptor(), events_h.epoll_wait$address()));
            case EPOLL_CTL ->
                Optional.of(function("epoll_ctl", events_h.epoll_ctl$descriptor(), events_h.epoll_ctl$address()));
            case INOTIFY_INIT ->
                Optional.of(
                        function("inotify_init", events_h.inotify_init$descriptor(), events_h.inotify_init$address()));
            case INOTIFY_ADD_WATCH ->
                Optional.of(function(
                        "inotify_add_watch",
                        events_h.inotify_add_watch$descriptor(),
                        events_h.inotify_add_watch$address()));
            case INOTIFY_RM_WATCH ->
                Optional.of(function(
                        "inotify_rm_watch",
                        events_h.inotify_rm_watch$descriptor(),
                        events_h.inotify_rm_watch$address()));
            case EPOLL_PWAIT ->
                Optional.of(function("epoll_pwait", events_h.epoll_pwait$descriptor(), events_h.epoll_pwait$address()));
            case EVENTFD2 ->
                Optional.of(function("eventfd", events_h.eventfd$descriptor(), events_h.eventfd$address()));
            case EPOLL_CREATE1 ->
                Optional.of(function(
                        "epoll_create1", events_h.epoll_create1$descriptor(), events_h.epoll_create1$address()));
            case INOTIFY_INIT1 ->
                Optional.of(function(
                        "inotify_init1", events_h.inotify_init1$descriptor(), events_h.inotify_init1$address()));
            case FANOTIFY_INIT ->
                Optional.of(function(
                        "fanotify_init", events_h.fanotify_init$descriptor(), events_h.fanotify_init$address()));
            case FANOTIFY_MARK ->
                Optional.of(function(
                        "fanotify_mark", events_h.fanotify_mark$descriptor(), events_h.fanotify_mark$address()));
            case EPOLL_PWAIT2 ->
                Optional.of(
                        function("epoll_pwait2", events_h.epoll_pwait2$descriptor(), events_h.epoll_pwait2$address()));
            default -> Optional.empty();
        };
    }

    private static Optional<GlibcWrapper> sockets(Syscall call) {
        return switch (call) {
            case SOCKET -> Optional.of(function("socket", sockets_h.socket$descriptor(), sockets_h.socket$address()));
            case CONNECT ->
                Optional.of(function("connect", sockets_h.connect$descriptor(), sockets_h.connect$address()));
            case ACCEPT -> Optional.of(function("accept", sockets_h.accept$descriptor(), sockets_h.accept$address()));
            case SENDTO -> Optional.of(function("sendto", sockets_h.sendto$descriptor(), sockets_h.sendto$address()));
            case RECVFROM ->
                Optional.of(function("recvfrom", sockets_h.recvfrom$descriptor(), sockets_h.recvfrom$address()));
            case SENDMSG ->
                Optional.of(function("sendmsg", sockets_h.sendmsg$descriptor(), sockets_h.sendmsg$address()));
            case RECVMSG ->
                Optional.of(function("recvmsg", sockets_h.recvmsg$descriptor(), sockets_h.recvmsg$address()));
            case SHUTDOWN ->
                Optional.of(function("shutdown", sockets_h.shutdown$descriptor(), sockets_h.shutdown$address()));
            case BIND -> Optional.of(function("bind", sockets_h.bind$descriptor(), sockets_h.bind$address()));
            case LISTEN -> Optional.of(function("listen", sockets_h.listen$descriptor(), sockets_h.listen$address()));
            case GETSOCKNAME ->
                Optional.of(
                        function("getsockname", sockets_h.getsockname$descriptor(), sockets_h.getsockname$address()));
            case GETPEERNAME ->
                Optional.of(
                        function("getpeername", sockets_h.getpeername$descriptor(), sockets_h.getpeername$address()));
            case SOCKETPAIR ->
                Optional.of(function("socketpair", sockets_h.socketpair$descriptor(), sockets_h.socketpair$address()));
            case SETSOCKOPT ->
                Optional.of(function("setsockopt", sockets_h.setsockopt$descriptor(), sockets_h.setsockopt$address()));
            case GETSOCKOPT ->
                Optional.of(function("getsockopt", sockets_h.getsockopt$descriptor(), sockets_h.getsockopt$address()));
            case ACCEPT4 ->
                Optional.of(function("accept4", sockets_h.accept4$descriptor(), sockets_h.accept4$address()));
            case RECVMMSG ->
                Optional.of(function("recvmmsg", sockets_h.recvmmsg$descriptor(), sockets_h.recvmmsg$address()));
            case SENDMMSG ->
                Optional.of(function("sendmmsg", sockets_h.sendmmsg$descriptor(), sockets_h.sendmmsg$address()));
            default -> Optional.empty();
        };
    }

    private static Optional<GlibcWrapper> signals(Syscall call) {
        return switch (call) {
            case PAUSE -> Optional.of(function("pause", signals_h.pause$descriptor(), signals_h.pause$address()));
            case ALARM ->
                Optional.of(function("alarm", signals_h.alarm$descriptor(), signals_h.alarm$address())
                        .answering(NEVER_FAILS));
            case KILL -> Optional.of(function("kill", signals_h.kill$descriptor(), signals_h.kill$address()));
            case RT_SIGPENDING ->
                Optional.of(function("sigpending", signals_h.sigpending$descriptor(), signals_h.sigpending$address()));
            case RT_SIGTIMEDWAIT ->
                Optional.of(function(
                        "sigtimedwait", signals_h.sigtimedwait$descriptor(), signals_h.sigtimedwait$address()));
            case RT_SIGSUSPEND ->
                Optional.of(function("sigsuspend", signals_h.sigsuspend$descriptor(), signals_h.sigsuspend$address()));
            case SIGALTSTACK ->
                Optional.of(
                        function("sigaltstack", signals_h.sigaltstack$descriptor(), signals_h.sigaltstack$address()));
            case TGKILL -> Optional.of(function("tgkill", signals_h.tgkill$descriptor(), signals_h.tgkill$address()));
            case SIGNALFD4 ->
                Optional.of(function("signalfd", signals_h.signalfd$descriptor(), signals_h.signalfd$address())
                        .taking(1, 2, 4));
            default -> Optional.empty();
        };
    }

    private static Optional<GlibcWrapper> ipc(Syscall call) {
        return switch (call) {
            case SHMGET -> Optional.of(function("shmget", ipc_h.shmget$descriptor(), ipc_h.shmget$address()));
            case SHMAT -> Optional.of(function("shmat", ipc_h.shmat$descriptor(), ipc_h.shmat$address()));
            case SHMCTL -> Optional.of(function("shmctl", ipc_h.shmctl$descriptor(), ipc_h.shmctl$address()));
            case SEMGET -> Optional.of(function("semget", ipc_h.semget$descriptor(), ipc_h.semget$address()));
            case SEMOP -> Optional.of(function("semop", ipc_h.semop$descriptor(), ipc_h.semop$address()));
            case SEMCTL ->
                Optional.of(variadic(
                        "semctl",
                        3,
                        ipc_h.semctl.makeInvoker(linux_shared.C_LONG).descriptor(),
                        ipc_h.semctl.address()));
            case SHMDT -> Optional.of(function("shmdt", ipc_h.shmdt$descriptor(), ipc_h.shmdt$address()));
            case MSGGET -> Optional.of(function("msgget", ipc_h.msgget$descriptor(), ipc_h.msgget$address()));
            case MSGSND -> Optional.of(function("msgsnd", ipc_h.msgsnd$descriptor(), ipc_h.msgsnd$address()));
            case MSGRCV -> Optional.of(function("msgrcv", ipc_h.msgrcv$descriptor(), ipc_h.msgrcv$address()));
            case MSGCTL -> Optional.of(function("msgctl", ipc_h.msgctl$descriptor(), ipc_h.msgctl$address()));
            case SEMTIMEDOP ->
                Optional.of(function("semtimedop", ipc_h.semtimedop$descriptor(), ipc_h.semtimedop$address()));
            case MQ_TIMEDSEND ->
                Optional.of(function("mq_timedsend", ipc_h.mq_timedsend$descriptor(), ipc_h.mq_timedsend$address()));
            case MQ_TIMEDRECEIVE ->
                Optional.of(function(
                        "mq_timedreceive", ipc_h.mq_timedreceive$descriptor(), ipc_h.mq_timedreceive$address()));
            default -> Optional.empty();
        };
    }

    private static Optional<GlibcWrapper> mounts(Syscall call) {
        return switch (call) {
            case CHROOT -> Optional.of(function("chroot", mounts_h.chroot$descriptor(), mounts_h.chroot$address()));
            case SYNC ->
                Optional.of(function("sync", mounts_h.sync$descriptor(), mounts_h.sync$address())
                        .answering(NEVER_FAILS));
            case ACCT -> Optional.of(function("acct", mounts_h.acct$descriptor(), mounts_h.acct$address()));
            case MOUNT -> Optional.of(function("mount", mounts_h.mount$descriptor(), mounts_h.mount$address()));
            case UMOUNT2 -> Optional.of(function("umount2", mounts_h.umount2$descriptor(), mounts_h.umount2$address()));
            case SWAPON -> Optional.of(function("swapon", mounts_h.swapon$descriptor(), mounts_h.swapon$address()));
            case SWAPOFF -> Optional.of(function("swapoff", mounts_h.swapoff$descriptor(), mounts_h.swapoff$address()));
            case SYNCFS -> Optional.of(function("syncfs", mounts_h.syncfs$descriptor(), mounts_h.syncfs$address()));
            case OPEN_TREE ->
                Optional.of(function("open_tree", mounts_h.open_tree$descriptor(), mounts_h.open_tree$address()));
            case MOVE_MOUNT ->
                Optional.of(function("move_mount", mounts_h.move_mount$descriptor(), mounts_h.move_mount$address()));
            case FSOPEN -> Optional.of(function("fsopen", mounts_h.fsopen$descriptor(), mounts_h.fsopen$address()));
            case FSCONFIG ->
                Optional.of(function("fsconfig", mounts_h.fsconfig$descriptor(), mounts_h.fsconfig$address()));
            case FSMOUNT -> Optional.of(function("fsmount", mounts_h.fsmount$descriptor(), mounts_h.fsmount$address()));
            case FSPICK -> Optional.of(function("fspick", mounts_h.fspick$descriptor(), mounts_h.fspick$address()));
            case MOUNT_SETATTR ->
                Optional.of(function(
                        "mount_setattr", mounts_h.mount_setattr$descriptor(), mounts_h.mount_setattr$address()));
            default -> Optional.empty();
        };
    }

    private static Optional<GlibcWrapper> machine(Syscall call) {
        return switch (call) {
            case UNAME -> Optional.of(function("uname", machine_h.uname$descriptor(), machine_h.uname$address()));
            case SYSINFO ->
                Optional.of(function("sysinfo", machine_h.sysinfo$descriptor(), machine_h.sysinfo$address()));
            case SYSLOG ->
                Optional.of(function("klogctl", machine_h.klogctl$descriptor(), machine_h.klogctl$address()));
            case REBOOT ->
                Optional.of(function("reboot", machine_h.reboot$descriptor(), machine_h.reboot$address())
                        .taking(3));
            case SETHOSTNAME ->
                Optional.of(
                        function("sethostname", machine_h.sethostname$descriptor(), machine_h.sethostname$address()));
            case SETDOMAINNAME ->
                Optional.of(function(
                        "setdomainname", machine_h.setdomainname$descriptor(), machine_h.setdomainname$address()));
            case IOPL -> Optional.of(function("iopl", machine_h.iopl$descriptor(), machine_h.iopl$address()));
            case IOPERM -> Optional.of(function("ioperm", machine_h.ioperm$descriptor(), machine_h.ioperm$address()));
            case GETRANDOM ->
                Optional.of(function("getrandom", machine_h.getrandom$descriptor(), machine_h.getrandom$address()));
            default -> Optional.empty();
        };
    }
}
