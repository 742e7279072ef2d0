package io.orchestrator.core.registry.admission.advice;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerPort;
import io.orchestrator.api.model.core.EnvVar;
import io.orchestrator.core.registry.validation.Path;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What there is to say of the containers of one pod, whose ports are compared with each other. Confined. */
final class ContainerAdvice {
    private static final List<String> OF_WHOLE_BYTES = List.of("memory", "ephemeral-storage");

    private final List<String> found;
    private final List<Placed> ports = new ArrayList<>();

    private record Placed(ContainerPort port, Path path) {}

    ContainerAdvice(List<String> found) {
        this.found = found;
    }

    void all(List<Container> containers, Path path) {
        for (int i = 0; i < containers.size(); i++) {
            Container container = containers.get(i);
            Path at = path.index(i);
            Path resources = at.child("resources");
            amounts(container.resources().limits(), resources.child("limits"), found);
            amounts(container.resources().requests(), resources.child("requests"), found);
            environment(container.env(), at.child("env"));
            for (int k = 0; k < container.ports().size(); k++) {
                port(container.ports().get(k), at.child("ports").index(k));
            }
        }
    }

    static void amounts(Map<String, Quantity> amounts, Path path, List<String> found) {
        whole(OF_WHOLE_BYTES, amounts, path, found);
    }

    /** Of claims. */
    static void storage(Map<String, Quantity> amounts, Path path, List<String> found) {
        whole(List.of("storage"), amounts, path, found);
    }

    private static void whole(List<String> resources, Map<String, Quantity> amounts, Path path, List<String> found) {
        for (String resource : resources) {
            Quantity amount = amounts.get(resource);
            if (amount != null
                    && amount.toBigDecimal().remainder(BigDecimal.ONE).signum() != 0) {
                found.add(path.key(resource) + ": fractional byte value \"" + amount
                        + "\" is invalid, must be an integer");
            }
        }
    }

    /** A variable that is set again may build on what it was. */
    private void environment(List<EnvVar> variables, Path path) {
        if (variables.size() < 2) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < variables.size(); i++) {
            EnvVar variable = variables.get(i);
            String before = "$(" + variable.name() + ")";
            boolean builds = variable.valueFrom() == null
                    && variable.value().contains(before)
                    && !variable.value().equals(before);
            if (!seen.add(variable.name()) && !builds) {
                found.add(path.index(i) + ": hides previous definition of \"" + variable.name()
                        + "\", which may be dropped when using apply");
            }
        }
    }

    private void port(ContainerPort port, Path path) {
        for (Placed other : ports) {
            ContainerPort one = other.port();
            if (one.containerPort() == port.containerPort() && one.protocol().equals(port.protocol())) {
                together(port, one, path, other.path());
            }
        }
        ports.add(new Placed(port, path));
    }

    private void together(ContainerPort port, ContainerPort other, Path path, Path before) {
        boolean sameAddress = port.hostIP().equals(other.hostIP());
        if (sameAddress && port.hostPort() == other.hostPort()) {
            found.add(path + ": duplicate port definition with " + before);
        } else if (port.hostPort() == 0 || other.hostPort() == 0) {
            found.add(path + ": overlapping port definition with " + before);
        } else if (port.hostPort() == other.hostPort()
                && port.hostIP().isEmpty() != other.hostIP().isEmpty()) {
            found.add(path + ": dangerously ambiguous port definition with " + before);
        }
    }
}
