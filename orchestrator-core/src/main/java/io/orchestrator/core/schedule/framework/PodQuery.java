package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.model.core.Pod;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which pods to count.
 *
 * @param all a pod counts when each of these is about it; with none, no pod does
 * @param ending whether pods count that are being deleted
 */
public record PodQuery(List<PodMatch> all, boolean ending) {
    public PodQuery {
        all = List.copyOf(all);
    }

    public boolean matches(Pod pod) {
        if (all.isEmpty() || (!ending && pod.metadata().deletionTimestamp() != null)) {
            return false;
        }
        for (PodMatch match : all) {
            if (!match.matches(pod)) {
                return false;
            }
        }
        return true;
    }

    /** The namespaces outside of which nothing counts; null when that is none. */
    @Nullable
    public Set<String> namespaces() {
        Set<String> possible = null;
        for (PodMatch match : all) {
            if (match.everywhere()) {
                continue;
            }
            if (possible == null) {
                possible = new TreeSet<>(match.namespaces());
            } else {
                possible.retainAll(match.namespaces());
            }
        }
        return possible;
    }
}
