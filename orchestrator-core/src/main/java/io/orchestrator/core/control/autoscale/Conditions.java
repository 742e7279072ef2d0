package io.orchestrator.core.control.autoscale;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerCondition;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The conditions of one autoscaler in the making. Confined to one call. */
final class Conditions {
    private final Map<String, HorizontalPodAutoscalerCondition> conditions = new LinkedHashMap<>();
    private final Time now;

    Conditions(List<HorizontalPodAutoscalerCondition> before, Instant now) {
        before.forEach(condition -> conditions.put(condition.type(), condition));
        this.now = Time.of(now);
    }

    void set(String type, boolean holds, String reason, String message) {
        String status = holds ? ConditionStatus.TRUE : ConditionStatus.FALSE;
        HorizontalPodAutoscalerCondition before = conditions.get(type);
        Time since = before != null && before.status().equals(status) ? before.lastTransitionTime() : now;
        conditions.put(type, new HorizontalPodAutoscalerCondition(type, status, since, reason, message));
    }

    List<HorizontalPodAutoscalerCondition> all() {
        return List.copyOf(conditions.values());
    }
}
