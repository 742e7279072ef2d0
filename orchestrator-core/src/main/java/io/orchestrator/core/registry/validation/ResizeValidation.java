package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerResizePolicy;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ResourceRequirements;
import io.orchestrator.api.model.core.ResourceResizeRestartPolicy;
import io.orchestrator.api.model.core.RestartPolicy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of a change of what running containers may use. */
public final class ResizeValidation {
    private static final String STATIC = "kubernetes.io/config.mirror";
    private static final List<String> RESOURCES = List.of("cpu", "memory");
    private static final List<String> POLICIES =
            List.of(ResourceResizeRestartPolicy.NOT_REQUIRED, ResourceResizeRestartPolicy.RESTART_CONTAINER);
    private static final Path SPEC = Path.of("spec");

    private ResizeValidation() {}

    static void policies(List<Container> containers, Path field, String restartPolicy, Violations violations) {
        for (int i = 0; i < containers.size(); i++) {
            Path at = field.index(i).child("resizePolicy");
            Set<String> seen = new HashSet<>();
            List<ContainerResizePolicy> policies = containers.get(i).resizePolicy();
            for (int j = 0; j < policies.size(); j++) {
                ContainerResizePolicy policy = policies.get(j);
                if (!seen.add(policy.resourceName())) {
                    violations.duplicate(at.index(j), policy.resourceName());
                }
                oneOf(at, policy.resourceName(), RESOURCES, violations);
                oneOf(at, policy.restartPolicy(), POLICIES, violations);
                if (restartPolicy.equals(RestartPolicy.NEVER)
                        && policy.restartPolicy().equals(ResourceResizeRestartPolicy.RESTART_CONTAINER)) {
                    violations.invalid(
                            at, policy.restartPolicy(), "must be 'NotRequired' when `restartPolicy` is 'Never'");
                }
            }
        }
    }

    private static void oneOf(Path field, String value, List<String> supported, Violations violations) {
        if (value.isEmpty()) {
            violations.required(field);
        } else {
            violations.oneOf(field, value, supported);
        }
    }

    /**
     * @param resized the pod with the resources that are wanted
     * @param qosClass what it would be
     */
    public static void update(Pod resized, Pod current, String qosClass, Violations violations) {
        if (current.metadata().annotations().containsKey(STATIC)) {
            violations.forbidden(SPEC, "static pods cannot be resized");
            return;
        }
        if (!current.status().qosClass().isEmpty()
                && !current.status().qosClass().equals(qosClass)) {
            violations.invalid(SPEC, qosClass, "Pod QOS Class may not change as a result of resizing");
        }
        for (int i = 0; i < resized.spec().containers().size(); i++) {
            Container wanted = resized.spec().containers().get(i);
            Container before = current.spec().containers().get(i);
            if (wanted.resources().equals(before.resources())) {
                continue;
            }
            if (!rest(wanted.resources()).equals(rest(before.resources()))
                    || !wanted.resources().claims().equals(before.resources().claims())) {
                violations.forbidden(SPEC, "only cpu and memory resources are mutable");
            }
            if (runsWithoutReport(current, wanted.name())) {
                violations.forbidden(SPEC, "Pod running on node without support for resize");
            }
        }
    }

    /** Amounts of all but what can be changed. */
    private static List<Map<String, Quantity>> rest(ResourceRequirements resources) {
        Map<String, Quantity> requests = new HashMap<>(resources.requests());
        Map<String, Quantity> limits = new HashMap<>(resources.limits());
        RESOURCES.forEach(name -> {
            requests.remove(name);
            limits.remove(name);
        });
        return List.of(requests, limits);
    }

    /** An agent that knows of resizes says what a running container has. */
    private static boolean runsWithoutReport(Pod pod, String container) {
        for (ContainerStatus status : pod.status().containerStatuses()) {
            if (status.name().equals(container)) {
                return status.state().running() != null && status.resources() == null;
            }
        }
        return false;
    }
}
