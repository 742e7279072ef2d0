package io.orchestrator.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A set of members that code may not touch. Method references count as well as calls: {@code Instant::now} reads a clock as
 * surely as {@code Instant.now()} does.
 */
record Calls(List<Predicate<AccessTarget>> targets) {

    static Calls none() {
        return new Calls(List.of());
    }

    Calls to(String owner, String... names) {
        Set<String> members = Set.of(names);
        return and(owner, target -> members.contains(target.getName()));
    }

    Calls toAnything(String owner) {
        return and(owner, target -> true);
    }

    /** The overload without arguments; {@code Instant.now(clock)} is welcome where {@code Instant.now()} is not. */
    Calls toWithoutArguments(String owner, String name) {
        return and(
                owner,
                target -> target.getName().equals(name)
                        && target instanceof CodeUnitAccessTarget method
                        && method.getRawParameterTypes().isEmpty());
    }

    Calls toWithoutParameter(String owner, String parameter, String... names) {
        Set<String> members = Set.of(names);
        return and(
                owner,
                target -> members.contains(target.getName())
                        && target instanceof CodeUnitAccessTarget method
                        && method.getRawParameterTypes().stream()
                                .map(JavaClass::getName)
                                .noneMatch(parameter::equals));
    }

    DescribedPredicate<JavaAccess<?>> predicate() {
        return DescribedPredicate.describe(
                "a forbidden member",
                access -> targets.stream().anyMatch(forbidden -> forbidden.test(access.getTarget())));
    }

    private Calls and(String owner, Predicate<AccessTarget> member) {
        Predicate<AccessTarget> forbidden =
                target -> target.getOwner().getName().equals(owner) && member.test(target);
        return new Calls(Stream.concat(targets.stream(), Stream.of(forbidden)).toList());
    }
}
