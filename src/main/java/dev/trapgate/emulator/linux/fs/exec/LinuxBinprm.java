package dev.trapgate.emulator.linux.fs.exec;

import java.util.List;

/**
 * What is to be executed: {@code struct linux_binprm}.
 *
 * @param fileName the program's name, as execve(2) was given it: AT_EXECFN
 * @param contents the file's bytes
 * @param arguments argv
 * @param environment envp
 */
public record LinuxBinprm(String fileName, byte[] contents, List<String> arguments, List<String> environment) {}
