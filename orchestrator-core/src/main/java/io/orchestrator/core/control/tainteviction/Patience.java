package io.orchestrator.core.control.tainteviction;

import io.orchestrator.api.model.core.Taint;
import io.orchestrator.api.model.core.Toleration;
import io.orchestrator.core.placement.Tolerations;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How long a pod bears the taints of its node. Pure. */
final class Patience {
    private static final String NO_EXECUTE = "NoExecute";

    private Patience() {}

    /** The taints that drive pods off. */
    static List<Taint> driving(List<Taint> taints) {
        return taints.stream()
                .filter(taint -> taint.effect().equals(NO_EXECUTE))
                .toList();
    }

    /** Zero when the taint is not tolerated, empty when it is for ever, else the shortest toleration. */
    static Optional<Duration> of(List<Toleration> tolerations, Taint taint) {
        List<Toleration> matching = tolerations.stream()
                .filter(toleration -> Tolerations.tolerates(toleration, taint))
                .toList();
        if (matching.isEmpty()) {
            return Optional.of(Duration.ZERO);
        }
        return matching.stream()
                .map(Toleration::tolerationSeconds)
                .filter(Objects::nonNull)
                .map(seconds -> Duration.ofSeconds(Math.max(0, seconds)))
                .min(Comparator.naturalOrder());
    }
}
