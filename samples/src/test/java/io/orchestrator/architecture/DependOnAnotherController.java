package io.orchestrator.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A dependency on the package of another controller. A package is a controller's when it has a reconciler; what several of
 * them share lives in packages without one, and may be imported.
 */
final class DependOnAnotherController extends ArchCondition<JavaClass> {

    private final String parent;
    private Set<String> controllers = Set.of();

    DependOnAnotherController(String parent) {
        super("depend on another controller");
        this.parent = parent + ".";
    }

    @Override
    public void init(Collection<JavaClass> classes) {
        controllers = classes.stream()
                .filter(type -> type.getSimpleName().endsWith("Reconciler"))
                .map(this::controllerOf)
                .collect(Collectors.toSet());
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        String own = controllerOf(type);
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            String other = controllerOf(dependency.getTargetClass());
            boolean crosses = !other.equals(own) && controllers.contains(other);
            events.add(new SimpleConditionEvent(dependency, crosses, dependency.getDescription()));
        }
    }

    /** The sub-package right below the parent; empty for classes that are not below it. */
    private String controllerOf(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(parent) ? name.substring(parent.length()).split("\\.")[0] : "";
    }
}
