package dev.trapgate.bench.call;

/** Who makes the call. */
public enum Caller {
    /** Trapgate. */
    JAVA("java"),
    /** Trapgate's typed API, {@code Linux.host()}. */
    TYPED("typed"),
    /** The JDK's own way, where it has one. */
    JDK("jdk"),
    /** A downcall handle to glibc's function, as jextract writes it. */
    FFM("ffm"),
    /** The same with {@code errno} captured, into a segment that is used again and again. */
    FFM_ERRNO("ffm+errno"),
    /** The method that jextract 23 generated for glibc's function, as it is. */
    JEXTRACT("jextract"),
    /** A Java native method whose C body calls glibc. */
    JNI("jni"),
    /** JNA by direct mapping: a native method that {@code Native.register} binds to glibc's function. */
    JNA_DIRECT("jna direct"),
    /** JNA by interface mapping, to glibc's function. */
    JNA("jna"),
    /** JNR-FFI by interface mapping, to glibc's function. */
    JNR_FFI("jnr-ffi"),
    /** A method of jnr-posix, which calls glibc's function through JNR-FFI. */
    JNR_POSIX("jnr-posix"),
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
