package io.orchestrator.core.control.pods;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.Pod;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many available pods the owners that share their work must keep between them. Who sizes them notes it on each; an owner
 * that is to shrink then keeps available pods until others took their place.
 *
 * <p>Sizes are decided on what the owners told of their pods. A pod that became available since would count for useless and
 * go, with all that became available in the same moment; the note holds them.
 */
public final class AvailabilityFloor {
    /** The annotation that bears the number. */
    public static final String ANNOTATION = "orchestrator.io/min-available";

    /**
     * One of the owners that share their work.
     *
     * @param size how many pods it wants
     */
    public record Share(String name, int size, Collection<Pod> pods, int minReadySeconds) {
        private int available(Instant now) {
            return (int) pods.stream()
                    .filter(PodFacts::isActive)
                    .filter(pod -> PodFacts.isAvailable(pod, minReadySeconds, now))
                    .count();
        }
    }

    private AvailabilityFloor() {}

    /** The same annotations with this floor; a floor of nothing is not noted. */
    public static Map<String, String> noted(Map<String, String> annotations, int floor) {
        Map<String, String> noted = new LinkedHashMap<>(annotations);
        if (floor > 0) {
            noted.put(ANNOTATION, Integer.toString(floor));
        } else {
            noted.remove(ANNOTATION);
        }
        return noted;
    }

    /** What is noted on the owner; empty where nothing sensible is. */
    public static Optional<Integer> of(Resource owner) {
        @Nullable String noted = owner.metadata().annotations().get(ANNOTATION);
        try {
            return noted == null ? Optional.empty() : Optional.of(Integer.parseInt(noted));
        } catch (NumberFormatException e) {
            return Optional.empty(); // somebody else's annotation: as if it were not there
        }
    }

    /**
     * How many of its available pods an owner may delete. Owners decide this apart, so each counts on those before it in the
     * order of names only for what their size leaves them.
     */
    public static int spare(int floor, Share mine, Collection<Share> others, Instant now) {
        int available = mine.available(now);
        for (Share other : others) {
            boolean mayShrinkFirst = other.name().compareTo(mine.name()) < 0;
            available += mayShrinkFirst ? Math.min(other.available(now), other.size()) : other.available(now);
        }
        return Math.max(0, available - floor);
    }
}
