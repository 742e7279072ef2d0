package io.orchestrator.core.control.autoscale;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.metrics.PodMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one pod used of everything.
 *
 * @param containers by the container's name, then by the resource's
 * @param at the end of the window in which it was measured
 */
public record PodUsage(String pod, Map<String, Map<String, Quantity>> containers, Instant at, Duration window) {
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(h|ms|m|s|us|ns)");
    private static final Map<String, Double> SECONDS =
            Map.of("h", 3600.0, "m", 60.0, "s", 1.0, "ms", 1e-3, "us", 1e-6, "ns", 1e-9);

    public PodUsage {
        containers = Map.copyOf(containers);
    }

    /** Empty where it does not say when it was measured. */
    static Optional<PodUsage> of(PodMetrics metrics) {
        Time at = metrics.timestamp();
        if (at == null) {
            return Optional.empty();
        }
        Map<String, Map<String, Quantity>> containers = new HashMap<>();
        metrics.containers().forEach(container -> containers.put(container.name(), container.usage()));
        return Optional.of(new PodUsage(metrics.metadata().name(), containers, at.instant(), window(metrics.window())));
    }

    /** A duration as Kubernetes writes it, such as {@code 1m2.5s}; nothing where it is none. */
    private static Duration window(String text) {
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            double seconds = Double.parseDouble(part.group(1)) * SECONDS.getOrDefault(part.group(2), 0.0);
            sum = sum.plusNanos((long) (seconds * Duration.ofSeconds(1).toNanos()));
        }
        return sum;
    }
}
