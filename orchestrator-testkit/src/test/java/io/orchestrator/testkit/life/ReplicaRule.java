package io.orchestrator.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.PodFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * No workload has more active pods than it may. The bound is that of all specifications since the last rest, as what was begun
 * under one may end under the next; what one leaves behind comes on top of the next one by that name.
 */
final class ReplicaRule implements PodBook.Rule {
    private final Map<App, Integer> most = new HashMap<>();
    private final Map<App, Integer> left = new HashMap<>();

    /** A workload is made, or changed, to have at most so many. */
    void wanted(App app, int pods) {
        most.merge(app, pods, Math::max);
    }

    /** It is deleted. Its pods may stay for a while, or for good. */
    void abandoned(App app) {
        Integer had = most.remove(app);
        if (had != null) {
            left.merge(app, had, Integer::sum);
        }
    }

    /** Everything has come to rest, and this is what is wanted. */
    void rest(Map<App, Integer> wanted) {
        left.clear();
        most.clear();
        most.putAll(wanted);
    }

    @Override
    public void check(List<Pod> pods) {
        Map<App, Integer> active = new HashMap<>();
        for (Pod pod : pods) {
            if (PodFacts.isActive(pod)) {
                active.merge(App.of(pod), 1, Integer::sum);
            }
        }
        active.forEach((app, count) -> {
            Integer bound = most.get(app);
            if (bound != null) {
                assertThat(count).as("active pods of %s", app).isLessThanOrEqualTo(bound + left.getOrDefault(app, 0));
            }
        });
    }
}
