package io.orchestrator.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** Types of other libraries in the signature of a method, type arguments included. */
final class ForeignSignature {

    private ForeignSignature() {}

    static ArchCondition<JavaMethod> show(DescribedPredicate<JavaClass> foreign) {
        return new ArchCondition<>("show a foreign type") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean shows = Stream.concat(
                                method.getReturnType().getAllInvolvedRawTypes().stream(),
                                method.getParameterTypes().stream()
                                        .flatMap(type -> type.getAllInvolvedRawTypes().stream()))
                        .anyMatch(foreign);
                events.add(new SimpleConditionEvent(
                        method,
                        shows,
                        method.getFullName() + (shows ? " shows" : " does not show") + " a foreign type"));
            }
        };
    }

    /** A callback that a library demands has that library's types, whatever its class is for. */
    static DescribedPredicate<JavaMethod> notAnOverride() {
        return DescribedPredicate.describe(
                "override nothing",
                method -> Stream.concat(
                                method.getOwner().getAllRawSuperclasses().stream(),
                                method.getOwner().getAllRawInterfaces().stream())
                        .noneMatch(parent -> parent.getMethods().stream()
                                .anyMatch(inherited -> inherited.getName().equals(method.getName())
                                        && inherited.getParameterTypes().size()
                                                == method.getParameterTypes().size())));
    }
}
