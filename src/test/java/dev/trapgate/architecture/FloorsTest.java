package dev.trapgate.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.trapgate.host.libc.Downcalls;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/** The house: packages are floors, imports point down only. See DESIGN in the README. */
@AnalyzeClasses(packages = "dev.trapgate", importOptions = ProductionClasses.class)
class FloorsTest {

    private static final String HOST = "dev.trapgate.host..";
    private static final String BINDINGS = "dev.trapgate.bindings..";

    /** Typed calls by subject, between the root and the kernel that they all stand on. */
    private static final String[] SUBJECTS = {
        "dev.trapgate.event..",
        "dev.trapgate.fs..",
        "dev.trapgate.io..",
        "dev.trapgate.mm..",
        "dev.trapgate.net..",
        "dev.trapgate.perf..",
        "dev.trapgate.pipe..",
        "dev.trapgate.process..",
        "dev.trapgate.rand..",
        "dev.trapgate.security..",
        "dev.trapgate.system..",
        "dev.trapgate.thread..",
        "dev.trapgate.time..",
        "dev.trapgate.uring.."
    };

    @ArchTest
    static final ArchRule IMPORTS_POINT_DOWN = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("cli")
            .definedBy("dev.trapgate.cli..")
            .layer("junit")
            .definedBy("dev.trapgate.junit..")
            .layer("differential")
            .definedBy("dev.trapgate.differential..")
            .layer("notation")
            .definedBy("dev.trapgate.notation..")
            .layer("trace")
            .definedBy("dev.trapgate.trace..")
            .layer("root")
            .definedBy("dev.trapgate")
            .layer("capability")
            .definedBy("dev.trapgate.capability..")
            .layer("subjects")
            .definedBy(SUBJECTS)
            .layer("kernel")
            .definedBy("dev.trapgate.kernel..")
            .layer("host")
            .definedBy(HOST)
            .layer("emulator")
            .definedBy("dev.trapgate.emulator..")
            .layer("entry")
            .definedBy("dev.trapgate.entry..")
            .layer("abi")
            .definedBy("dev.trapgate.abi..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("junit")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("differential")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("notation")
            .mayOnlyBeAccessedByLayers("cli", "differential")
            .whereLayer("trace")
            .mayOnlyBeAccessedByLayers("cli", "differential", "notation", "root")
            .whereLayer("root")
            .mayOnlyBeAccessedByLayers("cli", "junit", "differential")
            .whereLayer("capability")
            .mayOnlyBeAccessedByLayers("cli", "junit", "root")
            .whereLayer("subjects")
            .mayOnlyBeAccessedByLayers("cli", "junit", "differential", "root")
            .whereLayer("kernel")
            .mayOnlyBeAccessedByLayers("cli", "junit", "differential", "root", "subjects")
            .whereLayer("host")
            .mayOnlyBeAccessedByLayers("cli", "differential", "root", "capability")
            .whereLayer("emulator")
            .mayOnlyBeAccessedByLayers("cli", "junit", "differential", "root", "capability")
            .whereLayer("entry")
            .mayOnlyBeAccessedByLayers(
                    "cli",
                    "junit",
                    "differential",
                    "notation",
                    "trace",
                    "root",
                    "capability",
                    "subjects",
                    "kernel",
                    "host",
                    "emulator");

    @ArchTest
    static final ArchRule ABI_STANDS_ON_NOTHING = noClasses()
            .that()
            .resideInAPackage("dev.trapgate.abi..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.trapgate..").and(not(resideInAPackage("dev.trapgate.abi.."))));

    @ArchTest
    static final ArchRule ONLY_THE_HOST_SEES_THE_BINDINGS = noClasses()
            .that(not(resideInAnyPackage(HOST, BINDINGS)))
            .should()
            .dependOnClassesThat(resideInAPackage(BINDINGS));

    @ArchTest
    static final ArchRule ONLY_THE_HOST_LINKS_NATIVE_CODE = noClasses()
            .that(not(resideInAnyPackage(HOST, BINDINGS)))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Linker.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(SymbolLookup.class)
            .orShould()
            .callMethod(MemorySegment.class, "reinterpret", long.class);

    @ArchTest
    static final ArchRule ONE_PLACE_LINKS_SO_THAT_NATIVE_IMAGE_CAN_BE_TOLD = noClasses()
            .that(not(resideInAPackage(BINDINGS)))
            .and(not(equivalentTo(Downcalls.class)))
            .should()
            .callMethod(
                    Linker.class,
                    "downcallHandle",
                    MemorySegment.class,
                    FunctionDescriptor.class,
                    Linker.Option[].class)
            .orShould()
            .callMethod(Linker.class, "downcallHandle", FunctionDescriptor.class, Linker.Option[].class);

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_PARSES_COMMAND_LINES_AND_WRITES_JSON = noClasses()
            .that(not(resideInAPackage("dev.trapgate.cli..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "com.google.gson..");

    @ArchTest
    static final ArchRule ONLY_ITS_GATE_SEES_JNR = noClasses()
            .that(not(resideInAPackage("dev.trapgate.host.jnr..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jnr..");

    @ArchTest
    static final ArchRule HOST_AND_EMULATOR_NEVER_MEET =
            slices().matching("dev.trapgate.(host|emulator)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule SUBJECTS_DO_NOT_TURN_IN_CIRCLES = slices().matching(
                    "dev.trapgate.(event|fs|io|mm|net|perf|pipe|process|rand|security|system|thread|time|uring|kernel)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = classes()
            .that(not(resideInAPackage(BINDINGS)))
            .should()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl")
            .andShould()
            .haveSimpleNameNotStartingWith("Abstract");
}
