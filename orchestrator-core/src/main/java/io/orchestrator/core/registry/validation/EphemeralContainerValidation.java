package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.EphemeralContainer;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ResourceRequirements;
import io.orchestrator.api.model.core.Volume;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold of containers that join a running pod: they are added, and never changed or taken away. */
public final class EphemeralContainerValidation {
    private static final Path FIELD = Path.of("spec").child("ephemeralContainers");

    private EphemeralContainerValidation() {}

    /** @param wanted all of them, with defaults */
    public static void update(List<EphemeralContainer> wanted, Pod pod, Violations violations) {
        List<EphemeralContainer> standing = pod.spec().ephemeralContainers();
        for (EphemeralContainer container : standing) {
            List<EphemeralContainer> same = wanted.stream()
                    .filter(other -> other.name().equals(container.name()))
                    .toList();
            if (same.isEmpty()) {
                violations.forbidden(
                        FIELD, "existing ephemeral containers \"" + container.name() + "\" may not be removed");
            } else if (!same.get(0).equals(container)) {
                violations.forbidden(
                        FIELD, "existing ephemeral containers \"" + container.name() + "\" may not be changed");
            }
        }
        Set<String> volumes = pod.spec().volumes().stream().map(Volume::name).collect(Collectors.toSet());
        ContainerValidation.all(
                wanted.stream().map(EphemeralContainer::asContainer).toList(),
                FIELD,
                new ContainerValidation.Surroundings(volumes, pod.spec().hostNetwork()),
                false,
                violations);
        Set<String> names = new HashSet<>();
        pod.spec().containers().stream().map(Container::name).forEach(names::add);
        pod.spec().initContainers().stream().map(Container::name).forEach(names::add);
        for (int i = 0; i < wanted.size(); i++) {
            one(wanted.get(i), FIELD.index(i), names, violations);
        }
    }

    private static void one(EphemeralContainer container, Path field, Set<String> names, Violations violations) {
        if (names.contains(container.name())) {
            violations.duplicate(field.child("name"), container.name());
        }
        String target = container.targetContainerName();
        if (!target.isEmpty() && !names.contains(target)) {
            violations.notFound(field.child("targetContainerName"), target);
        }
        forbid(!container.ports().isEmpty(), field, "ports", violations);
        forbid(container.livenessProbe() != null, field, "livenessProbe", violations);
        forbid(container.readinessProbe() != null, field, "readinessProbe", violations);
        forbid(container.startupProbe() != null, field, "startupProbe", violations);
        forbid(container.lifecycle() != null, field, "lifecycle", violations);
        forbid(container.restartPolicy() != null, field, "restartPolicy", violations);
        forbid(!container.resizePolicy().isEmpty(), field, "resizePolicy", violations);
        ResourceRequirements resources = container.resources();
        forbid(!resources.requests().isEmpty() || !resources.limits().isEmpty(), field, "resources", violations);
    }

    private static void forbid(boolean there, Path field, String what, Violations violations) {
        if (there) {
            violations.forbidden(field.child(what), "cannot be set for an Ephemeral Container");
        }
    }
}
