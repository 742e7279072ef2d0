package io.orchestrator.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** How classes are named. */
final class ShapeRules {

    private static final Set<String> TEST_ANNOTATIONS = Set.of(
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.api.TestFactory",
            "org.junit.jupiter.api.RepeatedTest",
            "org.junit.jupiter.params.ParameterizedTest");

    private final Parts parts;

    ShapeRules(Parts parts) {
        this.parts = parts;
    }

    List<ArchRule> all() {
        return List.of(namesSayWhatAClassIs(), testsAreFoundByTheirNames());
    }

    private ArchRule namesSayWhatAClassIs() {
        return noClasses()
                .that()
                .resideInAPackage(parts.root() + "..")
                .should()
                .haveNameMatching(".*(Manager|Utils?|Helpers?|Impl)$")
                .as("no Manager, Util, Helper or Impl");
    }

    /** Surefire runs {@code *Test}, Failsafe {@code *IT}; whatever else had tests in it would silently never run. */
    private ArchRule testsAreFoundByTheirNames() {
        return classes()
                .that(haveTests())
                .should(com.tngtech.archunit.lang.conditions.ArchConditions.be(DescribedPredicate.describe(
                        "named *Test, *IT or, where it is inherited, *Contract",
                        type -> outermost(type).getSimpleName().matches(".*(Test|IT|Contract)"))))
                .as("tests are named so that the build finds them");
    }

    private DescribedPredicate<JavaClass> haveTests() {
        return DescribedPredicate.describe(
                "have tests",
                type -> type.getPackageName().startsWith(parts.root())
                        && type.getMethods().stream()
                                .anyMatch(method -> method.getAnnotations().stream()
                                        .anyMatch(annotation -> TEST_ANNOTATIONS.contains(
                                                annotation.getRawType().getName()))));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ShapeRules::outermost).orElse(type);
    }
}
