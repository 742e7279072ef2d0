package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerPort;
import io.orchestrator.api.model.core.SecurityContext;
import io.orchestrator.api.model.core.VolumeMount;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of containers. */
final class ContainerValidation {
    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> MESSAGE_POLICIES = List.of("FallbackToLogsOnError", "File");
    private static final String NOT_PROPAGATED = "None";
    private static final List<String> PROPAGATIONS = List.of("Bidirectional", "HostToContainer", NOT_PROPAGATED);
    private static final long MAX_ID = Integer.MAX_VALUE;

    private ContainerValidation() {}

    /** What containers of one pod must not share, and what they can refer to. Filled as they are looked at. */
    record Surroundings(Set<String> volumes, boolean hostNetwork, Set<String> names, Set<String> hostPorts) {
        Surroundings(Set<String> volumes, boolean hostNetwork) {
            this(volumes, hostNetwork, new HashSet<>(), new HashSet<>());
        }
    }

    static void all(List<Container> containers, Path field, Surroundings pod, boolean initial, Violations violations) {
        for (int i = 0; i < containers.size(); i++) {
            one(containers.get(i), field.index(i), pod, initial, violations);
        }
    }

    private static void one(Container container, Path field, Surroundings pod, boolean initial, Violations violations) {
        if (container.name().isEmpty()) {
            violations.required(field.child("name"));
        } else {
            violations.invalid(field.child("name"), container.name(), Names.dnsLabel(container.name()));
            if (!pod.names().add(container.name())) {
                violations.duplicate(field.child("name"), container.name());
            }
        }
        if (container.image().isEmpty()) {
            violations.required(field.child("image"));
        } else if (!container.image().equals(container.image().strip())) {
            violations.invalid(field.child("image"), container.image(), "must not have leading or trailing whitespace");
        }
        violations.oneOf(field.child("imagePullPolicy"), container.imagePullPolicy(), PULL_POLICIES);
        violations.oneOf(
                field.child("terminationMessagePolicy"), container.terminationMessagePolicy(), MESSAGE_POLICIES);
        ports(container.ports(), field.child("ports"), pod, violations);
        EnvironmentValidation.variables(container.env(), field.child("env"), violations);
        EnvironmentValidation.sources(container.envFrom(), field.child("envFrom"), violations);
        ResourcesValidation.requirements(container.resources(), field.child("resources"), violations);
        mounts(container, field.child("volumeMounts"), pod, violations);
        SecurityContext security = container.securityContext();
        if (security != null) {
            security(security, field.child("securityContext"), violations);
        }
        restarts(container, field, initial, violations);
    }

    /** A container that runs to its end before the others start cannot be probed; one that keeps running can. */
    private static void restarts(Container container, Path field, boolean initial, Violations violations) {
        String policy = container.restartPolicy() == null ? "" : container.restartPolicy();
        if (!policy.isEmpty() && !initial) {
            violations.forbidden(field.child("restartPolicy"), "may not be set for non-init containers");
        } else if (!policy.isEmpty()) {
            violations.oneOf(field.child("restartPolicy"), policy, List.of("Always"));
        }
        if (initial && !policy.equals("Always")) {
            String why = "may not be set for init containers without restartPolicy=Always";
            if (container.lifecycle() != null) {
                violations.forbidden(field.child("lifecycle"), why);
            }
            if (container.livenessProbe() != null) {
                violations.forbidden(field.child("livenessProbe"), why);
            }
            if (container.readinessProbe() != null) {
                violations.forbidden(field.child("readinessProbe"), why);
            }
            if (container.startupProbe() != null) {
                violations.forbidden(field.child("startupProbe"), why);
            }
            return;
        }
        ProbeValidation.container(container, field, violations);
    }

    private static void ports(List<ContainerPort> ports, Path field, Surroundings pod, Violations violations) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            ContainerPort port = ports.get(i);
            Path at = field.index(i);
            if (!port.name().isEmpty()) {
                violations.invalid(at.child("name"), port.name(), Names.portName(port.name()));
                if (!names.add(port.name())) {
                    violations.duplicate(at.child("name"), port.name());
                }
            }
            if (port.containerPort() == 0) {
                violations.required(at.child("containerPort"));
            } else {
                Check.port(at.child("containerPort"), port.containerPort(), violations);
            }
            violations.oneOf(at.child("protocol"), port.protocol(), Check.PROTOCOLS);
            if (port.hostPort() != 0) {
                hostPort(port, at.child("hostPort"), pod, violations);
            }
        }
    }

    private static void hostPort(ContainerPort port, Path field, Surroundings pod, Violations violations) {
        Check.port(field, port.hostPort(), violations);
        if (pod.hostNetwork() && port.hostPort() != port.containerPort()) {
            violations.invalid(field, port.hostPort(), "must match `containerPort` when `hostNetwork` is true");
        }
        String taken = port.hostIP() + "/" + port.protocol() + "/" + port.hostPort();
        if (!pod.hostPorts().add(taken)) {
            violations.duplicate(field, taken);
        }
    }

    private static void mounts(Container container, Path field, Surroundings pod, Violations violations) {
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < container.volumeMounts().size(); i++) {
            VolumeMount mount = container.volumeMounts().get(i);
            Path at = field.index(i);
            if (mount.name().isEmpty()) {
                violations.required(at.child("name"));
            } else if (!pod.volumes().contains(mount.name())) {
                violations.notFound(at.child("name"), mount.name());
            }
            if (mount.mountPath().isEmpty()) {
                violations.required(at.child("mountPath"));
            } else if (!paths.add(mount.mountPath())) {
                violations.invalid(at.child("mountPath"), mount.mountPath(), "must be unique");
            }
            Check.relativePath(at.child("subPath"), mount.subPath(), violations);
            Check.relativePath(at.child("subPathExpr"), mount.subPathExpr(), violations);
            if (!mount.subPath().isEmpty() && !mount.subPathExpr().isEmpty()) {
                violations.invalid(
                        at.child("subPathExpr"), mount.subPathExpr(), "subPathExpr and subPath are mutually exclusive");
            }
            propagation(container, mount, at, violations);
        }
    }

    private static void propagation(Container container, VolumeMount mount, Path at, Violations violations) {
        String propagation = mount.mountPropagation() == null ? NOT_PROPAGATED : mount.mountPropagation();
        violations.oneOf(at.child("mountPropagation"), propagation, PROPAGATIONS);
        SecurityContext security = container.securityContext();
        boolean privileged = security != null && Boolean.TRUE.equals(security.privileged());
        if (propagation.equals("Bidirectional") && !privileged) {
            violations.forbidden(
                    at.child("mountPropagation"),
                    "Bidirectional mount propagation is available only to privileged containers");
        }
        String recursive = mount.recursiveReadOnly() == null ? "" : mount.recursiveReadOnly();
        if (recursive.equals("Enabled") || recursive.equals("IfPossible")) {
            if (!mount.readOnly()) {
                violations.forbidden(at.child("recursiveReadOnly"), "may only be specified when readOnly is true");
            }
            if (!propagation.equals(NOT_PROPAGATED)) {
                violations.forbidden(
                        at.child("recursiveReadOnly"),
                        "may only be specified when mountPropagation is None or not specified");
            }
        }
    }

    private static void security(SecurityContext security, Path field, Violations violations) {
        id(field.child("runAsUser"), security.runAsUser(), violations);
        id(field.child("runAsGroup"), security.runAsGroup(), violations);
        if (Boolean.FALSE.equals(security.allowPrivilegeEscalation()) && Boolean.TRUE.equals(security.privileged())) {
            violations.invalid(
                    field,
                    "allowPrivilegeEscalation",
                    "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }
    }

    static void id(Path field, @org.jspecify.annotations.Nullable Long id, Violations violations) {
        if (id != null && (id < 0 || id > MAX_ID)) {
            violations.invalid(field, id, "must be between 0 and 2147483647, inclusive");
        }
    }
}
