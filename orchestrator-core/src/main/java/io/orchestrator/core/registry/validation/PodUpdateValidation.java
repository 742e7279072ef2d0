package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSchedulingGate;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.Toleration;
import io.orchestrator.api.model.core.TolerationBuilder;
import java.util.ArrayList;
import java.util.List;

/** What may change of a pod: it is made once, and little of it can be changed after that. */
public final class PodUpdateValidation {
    private static final Path SPEC = Path.of("spec");

    private PodUpdateValidation() {}

    public static void pod(Pod wanted, Pod current, Violations violations) {
        PodSpec now = current.spec();
        PodSpec spec = wanted.spec();
        if (spec.equals(now)) {
            return;
        }
        if (spec.containers().size() != now.containers().size()) {
            violations.forbidden(SPEC.child("containers"), "pod updates may not add or remove containers");
            return;
        }
        if (spec.initContainers().size() != now.initContainers().size()) {
            violations.forbidden(SPEC.child("initContainers"), "pod updates may not add or remove containers");
            return;
        }
        deadline(spec.activeDeadlineSeconds(), now.activeDeadlineSeconds(), violations);
        tolerations(spec.tolerations(), now.tolerations(), violations);
        gates(spec.schedulingGates(), now.schedulingGates(), violations);
        boolean gated = !now.schedulingGates().isEmpty();
        PodSpec rest = PodSpecBuilder.builder(spec)
                .containers(withImages(spec.containers(), now.containers()))
                .initContainers(withImages(spec.initContainers(), now.initContainers()))
                .activeDeadlineSeconds(now.activeDeadlineSeconds())
                .tolerations(now.tolerations())
                .schedulingGates(now.schedulingGates())
                .nodeSelector(gated ? now.nodeSelector() : spec.nodeSelector())
                .affinity(gated ? now.affinity() : spec.affinity())
                .terminationGracePeriodSeconds(
                        mayBeMended(spec, now)
                                ? now.terminationGracePeriodSeconds()
                                : spec.terminationGracePeriodSeconds())
                .build();
        if (!rest.equals(now)) {
            violations.forbidden(
                    SPEC,
                    "pod updates may not change fields other than `spec.containers[*].image`,"
                            + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions"
                            + " to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it"
                            + " was previously negative)");
        }
    }

    private static boolean mayBeMended(PodSpec wanted, PodSpec current) {
        Long before = current.terminationGracePeriodSeconds();
        Long after = wanted.terminationGracePeriodSeconds();
        return before != null && before < 0 && after != null && after == 1;
    }

    private static List<Container> withImages(List<Container> wanted, List<Container> current) {
        List<Container> same = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            same.add(ContainerBuilder.builder(wanted.get(i))
                    .image(current.get(i).image())
                    .build());
        }
        return same;
    }

    @SuppressWarnings("NullAway") // both are looked at before they are compared
    private static void deadline(
            @org.jspecify.annotations.Nullable Long wanted,
            @org.jspecify.annotations.Nullable Long current,
            Violations violations) {
        Path field = SPEC.child("activeDeadlineSeconds");
        if (current != null && wanted == null) {
            violations.invalid(field, null, "must not update from a positive integer to nil value");
        } else if (current != null && wanted != null && wanted > current) {
            violations.invalid(field, wanted, "must be less than or equal to previous value");
        }
    }

    private static void tolerations(List<Toleration> wanted, List<Toleration> current, Violations violations) {
        for (Toleration toleration : current) {
            boolean kept = wanted.stream().anyMatch(other -> sameButTime(other, toleration));
            if (!kept) {
                violations.forbidden(
                        SPEC.child("tolerations"),
                        "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
    }

    private static boolean sameButTime(Toleration one, Toleration other) {
        return TolerationBuilder.builder(one)
                .tolerationSeconds(other.tolerationSeconds())
                .build()
                .equals(other);
    }

    private static void gates(List<PodSchedulingGate> wanted, List<PodSchedulingGate> current, Violations violations) {
        for (PodSchedulingGate gate : wanted) {
            if (!current.contains(gate)) {
                violations.forbidden(
                        SPEC.child("schedulingGates").index(wanted.indexOf(gate)),
                        "only deletion is allowed, but found new scheduling gate '" + gate.name() + "'");
            }
        }
    }
}
