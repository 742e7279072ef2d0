package io.orchestrator.core.control.pods;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Which of some objects belong to an owner, and which change hands.
 *
 * @param owned are controlled by it and match
 * @param adopt match, and nobody controls them
 * @param release are controlled by it and match no longer
 */
public record Claims<T extends Resource>(List<T> owned, List<T> adopt, List<T> release) {
    public Claims {
        owned = List.copyOf(owned);
        adopt = List.copyOf(adopt);
        release = List.copyOf(release);
    }

    /** An owner that is being deleted takes and gives nothing. */
    public static <T extends Resource> Claims<T> of(
            Resource owner, Selector selector, Collection<? extends T> candidates) {
        List<T> owned = new ArrayList<>();
        List<T> adopt = new ArrayList<>();
        List<T> release = new ArrayList<>();
        boolean going = owner.metadata().deletionTimestamp() != null;
        Map<String, String> latest = Map.of();
        boolean matches = selector.matches(latest);
        for (T candidate : candidates) {
            Map<String, String> labels = candidate.metadata().labels();
            if (labels != latest) {
                // The pods of a template mostly share theirs.
                latest = labels;
                matches = selector.matches(labels);
            }
            if (Ownership.isControlledBy(candidate, owner.metadata().uid())) {
                if (matches) {
                    owned.add(candidate);
                } else if (!going) {
                    release.add(candidate);
                }
            } else if (matches
                    && !going
                    && candidate.metadata().deletionTimestamp() == null
                    && Ownership.controllerOf(candidate).isEmpty()) {
                adopt.add(candidate);
            }
        }
        return new Claims<>(owned, adopt, release);
    }
}
