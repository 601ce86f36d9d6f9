package dev.trapgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.glibc.LinkedShapes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the jar tells GraalVM's native-image, against what is really linked and loaded. The builder itself is not run. */
class ReachabilityMetadataTest {

    @BeforeEach
    void needsTheHost() {
        OpenGate.orSkip(Gate.SYSCALL);
        OpenGate.orSkip(Gate.GLIBC);
    }

    private static JsonObject file() throws IOException {
        try (InputStream file = Host.class.getResourceAsStream(
                "/META-INF/native-image/dev.trapgate/trapgate/reachability-metadata.json")) {
            return JsonParser.parseString(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }
    }

    private static Set<String> registered() throws IOException {
        Set<String> downcalls = new TreeSet<>();
        file().getAsJsonObject("foreign").getAsJsonArray("downcalls").forEach(one -> downcalls.add(one.toString()));
        return downcalls;
    }

    @Test
    void everyShapeThatIsLinkedIsRegistered() throws IOException {
        assertThat(registered())
                .as("run ReachabilityMetadata.main to write the file anew")
                .containsAll(ReachabilityMetadata.downcalls(LinkedShapes.all()));
    }

    @Test
    void noShapeIsRegisteredThatNothingLinks() throws IOException {
        assumeTrue(LinkedShapes.areComplete(), "some gate is shut here, and what it links is not known");

        assertThat(ReachabilityMetadata.downcalls(LinkedShapes.all())).containsAll(registered());
    }

    @Test
    void theFileIsWhatTheGeneratorWrites() throws IOException {
        assertThat(Files.readString(ReachabilityMetadata.FILE)).isEqualTo(ReachabilityMetadata.text(registered()));
    }

    @Test
    void everyResourceOfTheLibraryIsRegistered() throws IOException {
        List<PathMatcher> globs = new ArrayList<>();
        for (JsonElement resource : file().getAsJsonArray("resources")) {
            globs.add(FileSystems.getDefault()
                    .getPathMatcher(
                            "glob:" + resource.getAsJsonObject().get("glob").getAsString()));
        }
        Path root = Path.of("src/main/resources");
        try (Stream<Path> all = Files.walk(root.resolve("dev"))) {
            assertThat(all.filter(Files::isRegularFile).map(root::relativize))
                    .isNotEmpty()
                    .allMatch(path -> globs.stream().anyMatch(glob -> glob.matches(path)));
        }
    }
}
