package dev.trapgate.bench.call;

/** Who makes the call. */
public enum Caller {
    /** Trapgate. */
    JAVA("java"),
    /** A Java native method whose C body calls glibc. */
    JNI("jni"),
    /** A downcall handle to glibc's function, as jextract writes it. */
    FFM("ffm"),
    /** The same with {@code errno} captured, into a segment that is used again and again. */
    FFM_ERRNO("ffm+errno"),
    /** A loop in the 32-bit companion process. */
    I386("i386"),
    /** A program that is started, does nothing but the call, and is waited for. */
    PROGRAM("program"),
    /** A loop in C, in the same process. */
    C("c");

    private final String label;

    Caller(String label) {
        this.label = label;
    }

    /** {@return whether it makes its calls from Java} */
    boolean isJava() {
        return this != I386 && this != PROGRAM && this != C;
    }

    /** {@return the name in a report} */
    public String label() {
        return label;
    }
}
