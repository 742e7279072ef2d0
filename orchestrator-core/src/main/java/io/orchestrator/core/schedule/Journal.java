package io.orchestrator.core.schedule;

import io.orchestrator.api.control.ObjectKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The latest decisions. Keeps their snapshots, which share what they have in common. Owned by the scheduler's loop. */
final class Journal {
    private final int capacity;
    private final Deque<Decision> decisions = new ArrayDeque<>();
    private final Map<ObjectKey, Decision> latest = new HashMap<>();

    Journal(int capacity) {
        this.capacity = capacity;
    }

    void add(Decision decision) {
        if (capacity == 0) {
            return;
        }
        if (decisions.size() == capacity) {
            Decision oldest = decisions.removeFirst();
            if (latest.get(oldest.pod().key()) == oldest) {
                latest.remove(oldest.pod().key());
            }
        }
        decisions.addLast(decision);
        latest.put(decision.pod().key(), decision);
    }

    /** The latest about the pod of this name, or null. */
    @Nullable
    Decision about(ObjectKey pod) {
        return latest.get(pod);
    }
}
