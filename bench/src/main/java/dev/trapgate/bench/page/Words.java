package dev.trapgate.bench.page;

import dev.trapgate.cli.CostDocument.Row;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the page words things. */
final class Words {

    /** By caller and gate; what is not among them is not summed up. */
    private static final Map<String, String> PEERS = Map.ofEntries(
            Map.entry("c SYSCALL", "the same in C"),
            Map.entry("c GLIBC", "C through glibc"),
            Map.entry("c LIBC_SYSCALL", "C through syscall(2)"),
            Map.entry("java GLIBC", "Trapgate through glibc"),
            Map.entry("java JNR", "Trapgate through JNR"),
            Map.entry("typed SYSCALL", "Trapgate's typed calls"),
            Map.entry("ffm GLIBC", "FFM to glibc"),
            Map.entry("ffm+errno GLIBC", "FFM with errno"),
            Map.entry("jextract GLIBC", "jextract's bindings"),
            Map.entry("jni GLIBC", "JNI"),
            Map.entry("jna GLIBC", "JNA"),
            Map.entry("jna direct GLIBC", "JNA direct"),
            Map.entry("jnr-ffi GLIBC", "JNR-FFI"),
            Map.entry("jnr-posix GLIBC", "jnr-posix"));

    /** The peers that most people ask for. */
    static final Set<String> IN_THE_SUMMARY =
            Set.of("the same in C", "C through glibc", "FFM to glibc", "JNI", "JNA", "JNA direct", "JNR-FFI");

    private static final int SOME = 5;

    private Words() {}

    /** {@return what to call a row that is compared with the bare instruction; empty if it is not} */
    static Optional<String> peer(Row row) {
        return Optional.ofNullable(PEERS.get(row.kind() + " " + row.key().gate()));
    }

    /** {@return what to call a row beside a figure of its own} */
    static String tile(Row row) {
        return row.key().title().equals("c SYSCALL")
                ? "C, syscall inlined"
                : peer(row).orElse(row.key().title());
    }

    /** {@return a list in a sentence: one, another and a third} */
    static String list(List<String> words) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }

    /** {@return the first few of a list in a sentence, and how many more there are} */
    static String some(List<String> words) {
        int more = words.size() - SOME;
        return more < 2
                ? String.join("; ", words)
                : String.join("; ", words.subList(0, SOME)) + "; and " + more + " more operations below";
    }

    /** {@return a share in percent} */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
