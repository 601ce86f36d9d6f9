package dev.trapgate.emulator.linux.fs.exec;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is to be executed: {@code struct linux_binprm}. */
public final class LinuxBinprm {

    private final String fileName;
    private final byte[] contents;
    private final List<String> arguments;
    private final List<String> environment;
    private final Charset charset;

    /**
     * Says what is to be executed.
     *
     * @param fileName the program's name, as execve(2) was given it: AT_EXECFN
     * @param contents the file's bytes, which must not change any more
     * @param arguments argv
     * @param environment envp
     */
    public LinuxBinprm(String fileName, byte[] contents, List<String> arguments, List<String> environment) {
        this(fileName, contents, arguments, environment, StandardCharsets.UTF_8);
    }

    /** The same with strings of an encoding: a program's own are bytes, as characters 0 to 255. */
    LinuxBinprm(String fileName, byte[] contents, List<String> arguments, List<String> environment, Charset charset) {
        this.charset = charset;
        this.fileName = fileName;
        this.contents = contents;
        this.arguments = List.copyOf(arguments);
        this.environment = List.copyOf(environment);
    }

    /** {@return the program's name, as execve(2) was given it} */
    public String fileName() {
        return fileName;
    }

    /** {@return the file's bytes, which are not to be changed} */
    public byte[] contents() {
        return contents;
    }

    /** {@return argv} */
    public List<String> arguments() {
        return arguments;
    }

    List<String> environment() {
        return environment;
    }

    /** {@return a string as the program finds it, with its NUL} */
    byte[] bytes(String string) {
        return (string + '\0').getBytes(charset);
    }
}
