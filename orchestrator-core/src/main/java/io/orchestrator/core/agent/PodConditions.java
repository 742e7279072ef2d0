package io.orchestrator.core.agent;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodConditionType;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.PodReadinessGate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The conditions of a pod that are the agent's; those of others stay as they are. Pure. */
final class PodConditions {
    private final PodFacts facts;
    private final Map<String, PodCondition> conditions = new LinkedHashMap<>();

    private PodConditions(PodFacts facts) {
        this.facts = facts;
        facts.pod().status().conditions().forEach(condition -> conditions.put(condition.type(), condition));
    }

    static List<PodCondition> of(
            PodFacts facts,
            String phase,
            boolean initialized,
            List<ContainerStatus> inits,
            List<ContainerStatus> mains) {
        PodConditions all = new PodConditions(facts);
        boolean completed = phase.equals(PodPhase.SUCCEEDED);
        boolean sandbox = facts.readySandbox().isPresent();
        all.set(PodConditionType.POD_READY_TO_START_CONTAINERS, sandbox, "", "");
        if (completed) {
            all.set(PodConditionType.INITIALIZED, true, "PodCompleted", "");
            all.set(PodConditionType.CONTAINERS_READY, false, "PodCompleted", "");
            all.set(PodConditionType.READY, false, "PodCompleted", "");
        } else if (phase.equals(PodPhase.FAILED)) {
            all.set(PodConditionType.INITIALIZED, initialized, initialized ? "" : "PodFailed", "");
            all.set(PodConditionType.CONTAINERS_READY, false, "PodFailed", "");
            all.set(PodConditionType.READY, false, "PodFailed", "");
        } else {
            all.alive(initialized, inits, mains);
        }
        PodMemory.Rejection evicted = facts.memory().rejection();
        if (evicted != null) {
            all.put(PodConditionType.DISRUPTION_TARGET, true, "TerminationByKubelet", evicted.message());
        }
        if (!all.conditions.containsKey(PodConditionType.POD_SCHEDULED)) {
            all.set(PodConditionType.POD_SCHEDULED, true, "", "");
        }
        return List.copyOf(all.conditions.values());
    }

    private void alive(boolean initialized, List<ContainerStatus> inits, List<ContainerStatus> mains) {
        set(
                PodConditionType.INITIALIZED,
                initialized,
                "ContainersNotInitialized",
                "containers with incomplete status: "
                        + names(inits.stream().filter(status -> !status.ready()).toList()));
        List<ContainerStatus> unready =
                mains.stream().filter(status -> !status.ready()).toList();
        String why = "containers with unready status: " + names(unready);
        set(PodConditionType.CONTAINERS_READY, unready.isEmpty(), "ContainersNotReady", why);
        List<String> gates = facts.pod().spec().readinessGates().stream()
                .map(PodReadinessGate::conditionType)
                .filter(type -> !isTrue(type))
                .toList();
        if (!unready.isEmpty()) {
            set(PodConditionType.READY, false, "ContainersNotReady", why);
        } else {
            set(
                    PodConditionType.READY,
                    gates.isEmpty(),
                    "ReadinessGatesNotReady",
                    "the status of pod readiness gate \"" + String.join("\", \"", gates) + "\" is not \"True\"");
        }
    }

    private boolean isTrue(String type) {
        return Optional.ofNullable(conditions.get(type))
                .filter(condition -> condition.status().equals(ConditionStatus.TRUE))
                .isPresent();
    }

    /** Reason and message are those of a false condition, except where the pod has completed. */
    private void set(String type, boolean holds, String reason, String message) {
        boolean silent = holds && !reason.equals("PodCompleted");
        put(type, holds, silent ? "" : reason, silent ? "" : message);
    }

    private void put(String type, boolean holds, String reason, String message) {
        PodCondition before = conditions.get(type);
        String status = holds ? ConditionStatus.TRUE : ConditionStatus.FALSE;
        @Nullable
        Time since =
                before != null && before.status().equals(status) ? before.lastTransitionTime() : Time.of(facts.now());
        conditions.put(
                type,
                new PodCondition(type, status, before == null ? null : before.lastProbeTime(), since, reason, message));
    }

    private static String names(List<ContainerStatus> statuses) {
        return "["
                + String.join(" ", statuses.stream().map(ContainerStatus::name).toList()) + "]";
    }
}
