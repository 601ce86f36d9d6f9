package dev.trapgate.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.regex.Pattern;

/** Leaves out tests wherever a build puts them: ArchUnit's own option knows Maven's and Gradle's directories only. */
public final class ProductionClasses implements ImportOption {

    private static final Pattern TESTS = Pattern.compile(".*/test(-classes)?/dev/trapgate/.*");

    @Override
    public boolean includes(Location location) {
        return !location.matches(TESTS);
    }
}
