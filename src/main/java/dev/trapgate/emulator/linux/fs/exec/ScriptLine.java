package dev.trapgate.emulator.linux.fs.exec;

import dev.trapgate.abi.Errno;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a script: {@code load_script} of fs/binfmt_script.c, Linux 6.18.
 *
 * @param interpreter the program that it names
 * @param argument what follows as one; null for nothing
 */
record ScriptLine(String interpreter, @Nullable String argument) {

    /** BINPRM_BUF_SIZE: no more of a file is looked at. */
    private static final int LONGEST = 256;

    /**
     * {@return a file's line; null if it is no script}
     *
     * @param contents the file's bytes
     * @throws ExecException ENOEXEC if it names no program, or a longer one than is looked at
     */
    static @Nullable ScriptLine of(byte[] contents) throws ExecException {
        if (contents.length < 2 || contents[0] != '#' || contents[1] != '!') {
            return null;
        }
        int length = Math.min(contents.length, LONGEST);
        String text = new String(contents, 2, length - 2, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        int nul = text.indexOf('\0');
        boolean cut = end < 0 && nul < 0 && contents.length >= LONGEST;
        String line = strip(end < 0 ? nul < 0 ? text : text.substring(0, nul) : text.substring(0, end));
        int blank = firstBlank(line);
        if (line.isEmpty() || (cut && blank < 0)) {
            throw new ExecException(Errno.ENOEXEC, "the script's first line names no interpreter");
        }
        if (blank < 0) {
            return new ScriptLine(line, null);
        }
        String argument = strip(line.substring(blank));
        return new ScriptLine(line.substring(0, blank), argument.isEmpty() ? null : argument);
    }

    private static int firstBlank(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (isBlank(line.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** {@return the interpreter's arguments: its name, its argument, the script, and the script's own but the first} */
    List<String> arguments(String script, List<String> own) {
        List<String> all = new ArrayList<>();
        all.add(interpreter);
        if (argument != null) {
            all.add(argument);
        }
        all.add(script);
        all.addAll(own.subList(1, own.size()));
        return all;
    }
}
