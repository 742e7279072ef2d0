package io.orchestrator.core.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One scheduler among several in a cluster: pods choose it by {@code spec.schedulerName}.
 *
 * @param filters in the order they are asked; the first that refuses a node speaks for it
 */
public record Profile(
        String schedulerName, List<EnqueuePlugin> gates, List<FilterPlugin> filters, List<Weighted> scores) {
    public static final String DEFAULT_SCHEDULER = "default-scheduler";

    /** A score and how much it counts beside the others. */
    public record Weighted(ScorePlugin plugin, double weight) {}

    public Profile {
        gates = List.copyOf(gates);
        filters = List.copyOf(filters);
        scores = List.copyOf(scores);
        requireUnique(filters.stream().map(FilterPlugin::name).toList());
        requireUnique(scores.stream().map(score -> score.plugin().name()).toList());
    }

    private static void requireUnique(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("plugin " + name + " stands twice in a profile");
            }
        }
    }

    public static Builder named(String schedulerName) {
        return new Builder(schedulerName);
    }

    /** Collects the plugins of a profile. */
    public static final class Builder {
        private final String schedulerName;
        private final List<EnqueuePlugin> gates = new ArrayList<>();
        private final List<FilterPlugin> filters = new ArrayList<>();
        private final List<Weighted> scores = new ArrayList<>();

        private Builder(String schedulerName) {
            this.schedulerName = schedulerName;
        }

        public Builder gate(EnqueuePlugin plugin) {
            gates.add(plugin);
            return this;
        }

        public Builder filter(FilterPlugin plugin) {
            filters.add(plugin);
            return this;
        }

        public Builder score(ScorePlugin plugin, double weight) {
            scores.add(new Weighted(plugin, weight));
            return this;
        }

        public Profile build() {
            return new Profile(schedulerName, gates, filters, scores);
        }
    }
}
