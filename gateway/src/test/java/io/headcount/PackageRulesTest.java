package io.headcount;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds DESIGN's package table against the imports: who may know whom, and where each foreign library lives. */
class PackageRulesTest {
    private static final String BASE = "io.headcount.";
    private static final String ALL = "*";

    /** What a package may import of ours, besides itself. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("config", Set.of()),
            // its refusal counters are kept by the model's reasons
            Map.entry("telemetry", Set.of("model")),
            Map.entry("xml", Set.of("model", "config", "telemetry")),
            Map.entry("ring", Set.of("model", "config", "telemetry")),
            Map.entry("http", Set.of("xml", "ring", "model", "config", "telemetry")),
            Map.entry("aggregate", Set.of("ring", "model", "config", "telemetry")),
            Map.entry("presence", Set.of("ring", "model", "config", "telemetry")),
            Map.entry("journal", Set.of("ring", "model", "config", "telemetry")),
            Map.entry("quarantine", Set.of("model", "config", "telemetry")),
            Map.entry("tail", Set.of("journal", "model", "config", "telemetry")),
            Map.entry("admin", Set.of("tail", "presence", "model", "config", "telemetry")),
            Map.entry("simulate", Set.of("model", "config", "telemetry")),
            Map.entry("cli", Set.of(ALL)));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.headcount");

    private static String pattern(String name) {
        return BASE + name + "..";
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    static Stream<Arguments> forbidden() {
        return MAY_IMPORT.entrySet().stream()
                .filter(entry -> !entry.getValue().contains(ALL))
                .map(entry -> Arguments.of(entry.getKey(), othersThan(entry.getKey(), entry.getValue())));
    }

    private static Set<String> othersThan(String name, Set<String> allowed) {
        Set<String> others = new TreeSet<>(MAY_IMPORT.keySet());
        others.remove(name);
        others.removeAll(allowed);
        return others;
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    void shouldImportOnlyWhatTheTableAllows(String name, Set<String> others) {
        String[] patterns = others.stream().map(PackageRulesTest::pattern).toArray(String[]::new);
        check(noClasses()
                .that()
                .resideInAPackage(pattern(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(patterns));
    }

    @Test
    void shouldHaveNoPackageThatTheTableDoesNotKnow() {
        Set<String> known = new TreeSet<>();
        MAY_IMPORT.keySet().forEach(name -> known.add(BASE + name));
        Set<String> found = new TreeSet<>();
        for (JavaClass each : CLASSES) {
            found.add(each.getPackageName());
        }
        assertThat(known).containsAll(found);
        assertThat(found).contains(BASE + "model", BASE + "xml", BASE + "aggregate");
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        check(slices().matching("io.headcount.(*)..").should().beFreeOfCycles());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    io.netty..                            | http simulate
                    com.fasterxml.aalto..                 | xml
                    org.codehaus.stax2..                  | xml
                    javax.xml..                           | xml
                    net.openhft..                         | journal tail
                    com.lmax..                            | ring
                    picocli..                             | cli
                    com.typesafe..                        | config
                    io.prometheus..                       | admin
                    com.fasterxml.jackson..               | tail admin simulate
                    org.HdrHistogram..                    | simulate
                    org.agrona..                          | aggregate presence
                    """)
    void shouldKeepAForeignLibraryInItsHome(String library, String homes) {
        String[] patterns =
                Stream.of(homes.split(" ", -1)).map(PackageRulesTest::pattern).toArray(String[]::new);
        check(noClasses()
                .that(resideOutsideOfPackages(patterns))
                .should()
                .dependOnClassesThat(resideInAnyPackage(library)));
    }

    @Test
    void shouldLogThroughSlf4jAlone() {
        check(NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
        check(noClasses()
                .that(resideOutsideOfPackages(pattern("cli")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("ch.qos.logback..", "java.util.logging..")));
    }

    @Test
    void shouldPrintNowhereButInCommands() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
                .allowEmptyShould(true)
                .check(CLASSES.that(resideOutsideOfPackages(pattern("cli"))));
    }
}
