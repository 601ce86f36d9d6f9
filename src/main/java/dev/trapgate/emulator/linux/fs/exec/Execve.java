package dev.trapgate.emulator.linux.fs.exec;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.kernel.ThreadRegisters;
import dev.trapgate.emulator.linux.fs.ExecutableOpen;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.Filename;
import dev.trapgate.emulator.linux.kernel.BeginExec;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.TaskHost;
import dev.trapgate.emulator.linux.mm.Mm;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code execve(2)} and {@code execveat(2)}: fs/exec.c, Linux 6.18. The program is loaded into memory of its own before the
 * old one ends, so that whatever goes wrong with it is answered. Set-user-ID bits have no effect, as on a mount with nosuid.
 */
public final class Execve {

    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int AT_EXECVE_CHECK = 0x1_0000;
    private static final int MOST_INTERPRETERS = 5;
    private static final int ANYBODY_EXECUTES = 0111;

    private final Task current;
    private final PtRegs regs;
    private final TaskHost host;

    private Execve(Task current, PtRegs regs, TaskHost host) {
        this.current = current;
        this.regs = regs;
        this.host = host;
    }

    /** {@code execve(2)}. */
    public static long execve(Task current, PtRegs regs) {
        return common(current, regs, AT_FDCWD, 1, 0);
    }

    /** {@code execveat(2)}. */
    public static long execveat(Task current, PtRegs regs) {
        return common(current, regs, (int) regs.argument(1), 2, (int) regs.argument(5));
    }

    private static long common(Task current, PtRegs regs, int dirfd, int name, int flags) {
        if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH | AT_EXECVE_CHECK)) != 0) {
            return ErrorNumbers.EINVAL;
        }
        TaskHost host = current.process().globals().host();
        if (host == null) {
            return ErrorNumbers.EAGAIN;
        }
        try {
            return new Execve(current, regs, host).run(dirfd, name, flags);
        } catch (ExecException refused) {
            return -refused.errno().number();
        }
    }

    /** {@code do_execveat_common}. */
    private long run(int dirfd, int position, int flags) throws ExecException {
        Filename filename = Filename.get(current, regs.argument(position), flags);
        if (filename.error() != 0) {
            return filename.error();
        }
        String name = filename.text();
        boolean byDescriptor = name.isEmpty() || (dirfd != AT_FDCWD && !name.startsWith("/"));
        String shown = !byDescriptor ? name : "/dev/fd/" + dirfd + (name.isEmpty() ? "" : "/" + name);
        boolean narrow = regs.abi() == Abi.I386;
        ArgumentStrings strings = new ArgumentStrings(current, narrow ? Integer.BYTES : Long.BYTES);
        File file = open(dirfd, name, flags);
        try {
            List<String> arguments = strings.read(regs.argument(position + 1));
            List<String> environment = strings.read(regs.argument(position + 2));
            if (arguments.isEmpty()) {
                // So that no program takes envp for argv.
                arguments = List.of("");
            }
            if ((flags & AT_EXECVE_CHECK) != 0) {
                return 0;
            }
            return exec(file, new Request(shown, arguments, environment));
        } finally {
            file.release();
        }
    }

    /** What is asked for: AT_EXECFN, argv, envp. */
    private record Request(String fileName, List<String> arguments, List<String> environment) {}

    private File open(int dirfd, String name, int flags) throws ExecException {
        if (name.isEmpty()) {
            File file = current.files().getRaw(dirfd);
            if (file == null) {
                throw new ExecException(Errno.EBADF, "no such descriptor");
            }
            if (!file.inode().isRegular() || (file.inode().mode() & ANYBODY_EXECUTES) == 0) {
                file.release();
                throw new ExecException(Errno.EACCES, "it is not a file that may be executed");
            }
            return file;
        }
        boolean follows = (flags & AT_SYMLINK_NOFOLLOW) == 0;
        ExecutableOpen open = new ExecutableOpen(
                current, dirfd, follows ? ExecutableOpen.LastLink.FOLLOWED : ExecutableOpen.LastLink.REFUSED);
        long error = open.open(name);
        if (error != 0) {
            throw new ExecException(Errno.of(error).orElse(Errno.EIO), "it cannot be opened");
        }
        return open.file();
    }

    /** {@code exec_binprm}: interpreters of scripts take the script's place until there is a binary. */
    private long exec(File first, Request request) throws ExecException {
        File file = first;
        List<String> arguments = request.arguments();
        String interpreter = request.fileName();
        for (int depth = 0; ; depth++) {
            byte[] contents = ExecFile.contents(file.inode());
            ScriptLine line = ScriptLine.of(contents);
            if (line == null) {
                load(file, contents, new Request(request.fileName(), arguments, request.environment()), interpreter);
                if (file != first) {
                    file.release();
                }
                return 0;
            }
            if (depth == MOST_INTERPRETERS) {
                throw new ExecException(Errno.ELOOP, "interpreters of interpreters");
            }
            arguments = line.arguments(interpreter, arguments);
            interpreter = line.interpreter();
            if (file != first) {
                file.release();
            }
            file = open(AT_FDCWD, interpreter, 0);
        }
    }

    /** {@code load_elf_binary}, {@code begin_new_exec}. */
    private void load(File file, byte[] contents, Request request, String interpreter) throws ExecException {
        LinuxBinprm bprm = new LinuxBinprm(
                request.fileName(), contents, request.arguments(), request.environment(), StandardCharsets.ISO_8859_1);
        Mm mm = host.newMm();
        LoadedProgram program;
        try {
            program = BinfmtElf.load(bprm, host.personalities(), mm, current.credentials());
        } catch (ExecException refused) {
            mm.put();
            throw refused;
        }
        String name = interpreter.substring(interpreter.lastIndexOf('/') + 1);
        KernelProcess.Executable executable = new KernelProcess.Executable(file.path(), request.arguments());
        if (!BeginExec.run(current, mm, executable, name)) {
            // Another thread ends the process, or executes a program itself.
            mm.put();
            return;
        }
        ThreadRegisters.start(current, regs, program);
    }

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        String missing =
                "static programs and scripts; set-user-ID bits have no effect; EAGAIN where threads are Java's own";
        definitions.partly(Syscall.EXECVE, Execve::execve, missing).partly(Syscall.EXECVEAT, Execve::execveat, missing);
    }
}
