package io.orchestrator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

class ArchitectureTest {

    private static JavaClasses main;
    private static JavaClasses tests;
    private static JavaClasses breakingEveryRule;

    @BeforeAll
    static void readClasses() {
        SourceTree tree = SourceTree.ofThisBuild();
        // What JMH writes around a benchmark is there only when the benchmarks were built before, and is not ours.
        main = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/jmh_generated/"))
                .importPaths(tree.mainClasses());
        // The rules for tests ask for names alone: what the JDK's and the libraries' classes are need not be read for
        // them.
        tests = ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter()
                    .withImportOption(location -> !location.contains("/architecture/"))
                    .importPaths(tree.testClasses());
        });
        breakingEveryRule = new ClassFileImporter().importPackages(Parts.FIXTURE.root());
    }

    @AfterAll
    static void forgetClasses() {
        // The graph of all classes is large, and the fork goes on to other tests.
        main = null;
        tests = null;
        breakingEveryRule = null;
    }

    @TestFactory
    Stream<DynamicTest> theCodeKeepsEveryRule() {
        return rules(Parts.REAL).map(rule -> named(rule, () -> kept(rule, main)));
    }

    @TestFactory
    Stream<DynamicTest> theTestsKeepTheRulesThatAreForThemToo() {
        return rulesForTests(Parts.REAL).map(rule -> named(rule, () -> kept(rule, tests)));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleCanFail() {
        return rules(Parts.FIXTURE)
                .map(rule -> named(
                        rule,
                        () -> assertThat(rule.evaluate(breakingEveryRule).hasViolation())
                                .isTrue()));
    }

    @Test
    void everyModuleIsLookedAt() {
        // A rule over nothing holds; a module that was moved or not compiled would otherwise drop out unseen.
        for (String part :
                List.of("api", "spi.store", "core.env", "apiserver", "runtime.docker", "store.etcd", "testkit")) {
            assertThat(main)
                    .as("classes of " + part)
                    .anyMatch(type -> type.getPackageName().startsWith(Parts.REAL.exactly(part)));
        }
    }

    private static void kept(ArchRule rule, JavaClasses classes) {
        rule.allowEmptyShould(true).check(classes);
    }

    private static DynamicTest named(ArchRule rule, Executable test) {
        return DynamicTest.dynamicTest(rule.getDescription(), test);
    }

    private static Stream<ArchRule> rules(Parts parts) {
        return Stream.of(new ImportRules(parts).all(), new CallRules(parts).all(), new ShapeRules(parts).all())
                .flatMap(List::stream);
    }

    private static Stream<ArchRule> rulesForTests(Parts parts) {
        return Stream.concat(Stream.of(new CallRules(parts).nobodySleeps()), new ShapeRules(parts).all().stream());
    }
}
