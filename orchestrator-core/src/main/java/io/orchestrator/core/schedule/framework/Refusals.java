package io.orchestrator.core.schedule.framework;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the nodes of a snapshot were refused for in one cycle. Filled by the scheduler, read by plugins. */
public final class Refusals {
    private final int nodes;

    /** Made when the first node is refused: mostly none is. */
    private Verdict.@Nullable Unfit[] byPosition = new Verdict.Unfit[0];

    private final Set<Plugin> plugins = new LinkedHashSet<>();
    private Verdict.@Nullable Unfit everywhere;

    public Refusals(int nodes) {
        this.nodes = nodes;
    }

    /** The node was refused. */
    public void add(NodeView node, Plugin plugin, Verdict.Unfit why) {
        if (byPosition.length < nodes) {
            byPosition = new Verdict.Unfit[nodes];
        }
        byPosition[node.position()] = why;
        plugins.add(plugin);
    }

    /** All nodes were refused at once, before any was looked at. */
    public void addEverywhere(Plugin plugin, Verdict.Unfit why) {
        everywhere = why;
        plugins.add(plugin);
    }

    /** A plugin left nodes out from the beginning. */
    public void addPlugin(Plugin plugin) {
        plugins.add(plugin);
    }

    /** Why this node will not do; null where it was not looked at. */
    public Verdict.@Nullable Unfit of(NodeView node) {
        if (everywhere != null) {
            return everywhere;
        }
        return node.position() < byPosition.length ? byPosition[node.position()] : null;
    }

    /** Why none will do; null where each was looked at by itself. */
    public Verdict.@Nullable Unfit everywhere() {
        return everywhere;
    }

    public Set<Plugin> plugins() {
        return plugins;
    }

    /** How many nodes were refused for each reason. */
    public Map<String, Integer> reasons() {
        Map<String, Integer> reasons = new HashMap<>();
        for (Verdict.Unfit unfit : byPosition) {
            if (unfit != null) {
                unfit.reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
            }
        }
        return reasons;
    }
}
