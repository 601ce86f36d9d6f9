package dev.trapgate.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A library that is compiled from our own C source when it is first asked for. */
public enum NativePeer {
    /** The loops in C. */
    LOOPS("loops.c"),
    /** The bodies of {@link JniCalls}. */
    JNI("natives.c");

    private final String source;

    NativePeer(String source) {
        this.source = source;
    }

    /** {@return the system property that names the library's file, for JVMs that need not compile it again} */
    public String property() {
        return "trapgate.bench.library." + source.replace(".c", "");
    }

    /**
     * Finds the library: where the system property says, else by compiling it.
     *
     * @return its file
     * @throws IllegalStateException if it cannot be had; the message says why
     */
    public Path library() {
        String compiled = System.getProperty(property());
        if (compiled != null) {
            return Path.of(compiled);
        }
        try {
            Path directory = Files.createTempDirectory("trapgate-bench-");
            directory.toFile().deleteOnExit();
            Path library = compile(directory);
            library.toFile().deleteOnExit();
            return library;
        } catch (IOException | CompilerException problem) {
            throw new IllegalStateException("cannot compile " + source + ": " + problem.getMessage(), problem);
        }
    }

    /**
     * Compiles the library.
     *
     * @param directory where its file goes
     * @return the file
     * @throws CompilerException if there is no compiler or it refuses the source
     * @throws IOException if the file system refuses
     */
    public Path compile(Path directory) throws CompilerException, IOException {
        CCompiler compiler = CCompiler.find();
        Path copy = directory.resolve(source);
        try (InputStream text = Objects.requireNonNull(NativePeer.class.getResourceAsStream(source), source)) {
            Files.copy(text, copy);
        }
        Path library = directory.resolve("lib" + source.replace(".c", ".so"));
        List<String> options = new ArrayList<>(List.of("-O2", "-fPIC", "-shared", "-falign-loops=64"));
        if (this == JNI) {
            options.addAll(jniHeaders());
        }
        try {
            compiler.compile(copy, library, options);
        } finally {
            Files.delete(copy);
        }
        return library;
    }

    private static List<String> jniHeaders() throws CompilerException {
        Path include = Path.of(System.getProperty("java.home"), "include");
        if (!Files.exists(include.resolve("jni.h"))) {
            throw new CompilerException("this Java has no " + include.resolve("jni.h"));
        }
        return List.of("-I" + include, "-I" + include.resolve("linux"));
    }
}
