package io.orchestrator.core.registry.admission.security;

import io.orchestrator.api.model.core.ContainerPort;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A pod as the checks look at it: its containers, whichever kind they are of, behind each other. */
record Contents(PodSpec spec, List<Part> parts) {

    /** A container. */
    record Part(String name, @Nullable SecurityContext own, List<ContainerPort> ports) {
        /** What it says of itself, or that it says nothing. */
        SecurityContext security() {
            return own == null ? SecurityContext.EMPTY : own;
        }
    }

    static Contents of(PodSpec spec) {
        List<Part> parts = new ArrayList<>();
        spec.initContainers().forEach(each -> parts.add(new Part(each.name(), each.securityContext(), each.ports())));
        spec.containers().forEach(each -> parts.add(new Part(each.name(), each.securityContext(), each.ports())));
        spec.ephemeralContainers()
                .forEach(each -> parts.add(new Part(each.name(), each.securityContext(), each.ports())));
        return new Contents(spec, parts);
    }

    /** The names of the containers of which it holds: {@code container "a"}, {@code containers "a", "b"}; empty for none. */
    String containers(Predicate<Part> holds) {
        return named("container", parts.stream().filter(holds).map(Part::name).toList());
    }

    static String named(String what, List<String> names) {
        return names.isEmpty() ? "" : what + (names.size() == 1 ? " " : "s ") + quoted(names);
    }

    static String quoted(List<String> names) {
        return names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
    }
}
