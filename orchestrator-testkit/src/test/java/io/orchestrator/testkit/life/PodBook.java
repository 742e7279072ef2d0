package io.orchestrator.testkit.life;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.core.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All pods of the cluster as they are, and how each of them came to be so: the API itself is looked at, after every step. */
final class PodBook {

    /** Something that must hold. */
    interface Rule {
        /** Called with null for {@code before} when the pod is new, and for {@code after} when it has gone. */
        default void changed(@Nullable Pod before, @Nullable Pod after) {}

        /** After all changes of a step. */
        default void check(List<Pod> pods) {}
    }

    private final List<Rule> rules;
    private Map<String, Pod> known = new HashMap<>();

    PodBook(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    void look(Client client) {
        List<Pod> pods = client.pods().inAnyNamespace().list().items();
        Map<String, Pod> now = new HashMap<>(pods.size() * 2);
        List<Pod> changed = new ArrayList<>();
        for (Pod pod : pods) {
            now.put(pod.metadata().uid(), pod);
            Pod before = known.remove(pod.metadata().uid());
            if (before == null) {
                changed.add(pod);
            } else if (before != pod) {
                tell(before, pod);
            }
        }
        known.values().forEach(gone -> tell(gone, null));
        changed.forEach(fresh -> tell(null, fresh));
        known = now;
        rules.forEach(rule -> rule.check(pods));
    }

    private void tell(@Nullable Pod before, @Nullable Pod after) {
        rules.forEach(rule -> rule.changed(before, after));
    }
}
