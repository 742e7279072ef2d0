package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.Requirement;
import io.orchestrator.api.meta.Requirement.Operator;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.core.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Label selectors as pods carry them. */
final class Selectors {
    private Selectors() {}

    /** One that is no selector matches nothing. The API refuses such pods; one that slipped in must not stop all others. */
    static Selector of(@Nullable LabelSelector selector) {
        try {
            return Selector.of(selector);
        } catch (IllegalArgumentException invalid) {
            return Selector.nothing();
        }
    }

    static Selector and(Selector selector, List<Requirement> more) {
        if (more.isEmpty() || selector.equals(Selector.nothing())) {
            return selector;
        }
        List<Requirement> all = new ArrayList<>(selector.requirements());
        for (Requirement requirement : more) {
            if (!all.contains(requirement)) {
                all.add(requirement);
            }
        }
        return Selector.of(all);
    }

    /** Adds a requirement for each of these labels that the pod has, with the pod's value. */
    static void addOwn(Pod pod, Collection<String> keys, Operator operator, List<Requirement> to) {
        for (String key : keys) {
            String value = pod.metadata().labels().get(key);
            if (value != null) {
                to.add(new Requirement(key, operator, List.of(value)));
            }
        }
    }
}
