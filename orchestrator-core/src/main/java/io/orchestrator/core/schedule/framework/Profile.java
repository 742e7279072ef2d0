package io.orchestrator.core.schedule.framework;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One scheduler among several in a cluster: pods choose it by {@code spec.schedulerName}. Immutable.
 *
 * <p>Plugins are asked in the order in which they were added, at every step that their class implements. The first filter that
 * refuses a node speaks for it.
 */
public final class Profile {
    public static final String DEFAULT_SCHEDULER = "default-scheduler";

    /** As many nodes as Kubernetes looks at: all of a small cluster, a share that falls with the size of a large one. */
    public static final int ADAPTIVE = 0;

    private final String schedulerName;
    private final Map<String, Plugin> plugins;
    private final Map<String, Double> weights;
    private final int percentageOfNodesToScore;

    private Profile(Builder builder) {
        this.schedulerName = builder.schedulerName;
        this.plugins = new LinkedHashMap<>(builder.plugins);
        this.weights = Map.copyOf(builder.weights);
        this.percentageOfNodesToScore = builder.percentageOfNodesToScore;
    }

    public static Builder named(String schedulerName) {
        return new Builder(schedulerName);
    }

    public String schedulerName() {
        return schedulerName;
    }

    /** In the order in which they were added. */
    public List<Plugin> plugins() {
        return List.copyOf(plugins.values());
    }

    /** Those that take this step. */
    public <P extends Plugin> List<P> at(Class<P> step) {
        return plugins.values().stream()
                .filter(step::isInstance)
                .map(step::cast)
                .toList();
    }

    /** How much a plugin's score counts beside the others'. */
    public double weight(ScorePlugin plugin) {
        return weights.getOrDefault(plugin.name(), 1.0);
    }

    /** Of all nodes, how many that fit are enough; {@link #ADAPTIVE}, or 1 to 100. */
    public int percentageOfNodesToScore() {
        return percentageOfNodesToScore;
    }

    /** The plugin that orders the queue, if there is one. */
    public Optional<QueueSortPlugin> queueSort() {
        return at(QueueSortPlugin.class).stream().findFirst();
    }

    /** A copy to be changed. */
    public Builder toBuilder() {
        Builder copy = new Builder(schedulerName);
        copy.plugins.putAll(plugins);
        copy.weights.putAll(weights);
        copy.percentageOfNodesToScore = percentageOfNodesToScore;
        return copy;
    }

    /** Collects the plugins of a profile. */
    public static final class Builder {
        private final String schedulerName;
        private final Map<String, Plugin> plugins = new LinkedHashMap<>();
        private final Map<String, Double> weights = new LinkedHashMap<>();
        private int percentageOfNodesToScore = ADAPTIVE;

        private Builder(String schedulerName) {
            this.schedulerName = schedulerName;
        }

        /** Adds a plugin at every step it implements. @throws IllegalArgumentException when its name is taken */
        public Builder plugin(Plugin plugin) {
            return plugin(plugin, 1);
        }

        /** @param weight how much its score counts beside the others', above zero */
        public Builder plugin(Plugin plugin, double weight) {
            if (!(weight > 0)) {
                throw new IllegalArgumentException("plugin " + plugin.name() + " needs a weight above zero");
            }
            if (plugins.putIfAbsent(plugin.name(), plugin) != null) {
                throw new IllegalArgumentException("plugin " + plugin.name() + " stands twice in a profile");
            }
            weights.put(plugin.name(), weight);
            return this;
        }

        /** In the place, and with the weight, of the plugin of the same name. */
        public Builder replace(Plugin plugin) {
            if (plugins.replace(plugin.name(), plugin) == null) {
                throw new IllegalArgumentException("no plugin is named " + plugin.name());
            }
            return this;
        }

        public Builder without(String plugin) {
            if (plugins.remove(plugin) == null) {
                throw new IllegalArgumentException("no plugin is named " + plugin);
            }
            weights.remove(plugin);
            return this;
        }

        /** Once so many of all nodes fit, no more are looked at: {@link #ADAPTIVE}, or 1 to 100. */
        public Builder percentageOfNodesToScore(int percentage) {
            if (percentage < 0 || percentage > 100) {
                throw new IllegalArgumentException("not a percentage: " + percentage);
            }
            this.percentageOfNodesToScore = percentage;
            return this;
        }

        public Profile build() {
            return new Profile(this);
        }
    }
}
