package dev.trapgate.host.vdso;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One attempt to read an auxiliary vector.
 *
 * @param source where from
 * @param refusal why it failed, a sentence for a person; empty if it did not
 * @param vector what was read; nothing if it failed
 */
public record AuxiliaryReading(AuxiliarySource source, Optional<String> refusal, AuxiliaryVector vector) {

    static AuxiliaryReading made(AuxiliarySource source, AuxiliaryVector vector) {
        return new AuxiliaryReading(source, Optional.empty(), vector);
    }

    static AuxiliaryReading refused(AuxiliarySource source, String reason) {
        return new AuxiliaryReading(source, Optional.of(reason), new AuxiliaryVector(Map.of()));
    }

    static AuxiliaryReading ofBytes(AuxiliarySource source, byte[] bytes) {
        try {
            return made(source, AuxiliaryVector.parse(bytes));
        } catch (IllegalArgumentException e) {
            return refused(source, "what it gave is not a vector: " + e.getMessage());
        }
    }

    static AuxiliaryReading ofFile(AuxiliarySource source, Path file) {
        try {
            return ofBytes(source, Files.readAllBytes(file));
        } catch (IOException e) {
            return refused(source, "it cannot be read: " + e);
        }
    }

    /** {@return this process's vector from every source, in the order of {@link AuxiliarySource}} */
    public static List<AuxiliaryReading> all() {
        return Arrays.stream(AuxiliarySource.values())
                .map(AuxiliarySource::read)
                .toList();
    }

    /** {@return whether the source gave a vector} */
    public boolean isMade() {
        return refusal.isEmpty();
    }
}
