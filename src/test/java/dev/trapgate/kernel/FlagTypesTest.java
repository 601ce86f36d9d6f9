package dev.trapgate.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Constants;
import dev.trapgate.architecture.ProductionClasses;
import dev.trapgate.fs.OpenFlags;
import dev.trapgate.time.Clock;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record of one number with constants of its own type: flags, and one of several values. */
class FlagTypesTest {

    static Stream<Class<?>> types() {
        return new ClassFileImporter()
                .withImportOption(new ProductionClasses()).importPackages("dev.trapgate").stream()
                        .filter(type ->
                                type.isRecord() && !type.getPackageName().startsWith("dev.trapgate.emulator"))
                        .<Class<?>>map(JavaClass::reflect)
                        .filter(type -> constants(type).count() > 0 && number(type) != null);
    }

    private static RecordComponent number(Class<?> type) {
        List<String> names = List.of("bits", "number");
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getType() == int.class && names.contains(component.getName()))
                .findFirst()
                .orElse(null);
    }

    private static Stream<Field> constants(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()) && field.getType() == type)
                .filter(field -> Constants.named(field.getName()).isPresent());
    }

    @ParameterizedTest
    @MethodSource("types")
    void eachConstantIsWhatTheHeadersSayInBothAbisAndPrintsItsName(Class<?> type) throws Exception {
        for (Field field : constants(type).toList()) {
            int value = (int) number(type).getAccessor().invoke(field.get(null));
            for (Abi abi : List.of(Abi.X86_64, Abi.I386)) {
                assertThat(Constants.value(field.getName(), abi))
                        .as("%s in %s", field, abi)
                        .isPresent();
                assertThat(value).as("%s in %s", field, abi).isEqualTo((int)
                        Constants.value(field.getName(), abi).orElseThrow());
            }
            String printed = field.get(null).toString();
            String name = printed.substring(printed.lastIndexOf('|') + 1);
            assertThat(Constants.value(name, Abi.X86_64))
                    .as("%s, printed as %s", field, printed)
                    .isEqualTo(Constants.value(field.getName(), Abi.X86_64));
        }
    }

    @Test
    void thereAreSuchTypes() {
        assertThat(types()).contains(OpenFlags.class, Clock.class).hasSizeGreaterThan(30);
    }

    @Test
    void flagsPrintByTheirNames() {
        OpenFlags flags = OpenFlags.O_RDWR.or(OpenFlags.O_CREAT).or(OpenFlags.O_CLOEXEC);

        assertThat(flags).hasToString("O_RDWR|O_CREAT|O_CLOEXEC");
        assertThat(flags.has(OpenFlags.O_CREAT)).isTrue();
        assertThat(flags.has(OpenFlags.O_CREAT.or(OpenFlags.O_EXCL))).isFalse();
        assertThat(new OpenFlags(0x4000_0000)).hasToString("O_RDONLY|0x40000000");
    }
}
