package dev.trapgate.host;

import java.util.Optional;

/** Whether this JVM runs where the native gates are: on Linux, on x86-64. */
final class Platform {

    /** Overrides {@code os.name}, for tests of what happens elsewhere. */
    private static final String OS_PROPERTY = "dev.trapgate.os";

    private Platform() {}

    /** {@return why no native gate can be open here, a sentence for a person; empty on Linux on x86-64} */
    static Optional<String> refusal() {
        String os = System.getProperty(OS_PROPERTY, System.getProperty("os.name"));
        String processor = System.getProperty("os.arch");
        if ("Linux".equals(os) && "amd64".equals(processor)) {
            return Optional.empty();
        }
        return Optional.of("this is " + os + " on " + processor + "; native gates need Linux on x86-64");
    }
}
