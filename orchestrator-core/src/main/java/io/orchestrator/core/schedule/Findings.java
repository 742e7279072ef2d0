package io.orchestrator.core.schedule;

import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What plugins that judge by the node alone said of each node for pods that are alike. Holds for a node as long as that is the
 * very same, as it is in every snapshot until something about it changes: of a thousand nodes the last placement changed one.
 * Owned by the scheduler's loop.
 */
final class Findings {
    private final int plugins;
    private List<FilterPlugin> filters = List.of();
    private @Nullable NodeView[] nodes = new NodeView[0];
    private @Nullable Verdict[] verdicts = new Verdict[0];
    private @Nullable FilterPlugin[] refusers = new FilterPlugin[0];

    /** By plugin and place; not a number where it was not asked yet. */
    private double[][] scores;

    /** @param plugins how many plugins give scores */
    Findings(int plugins) {
        this.plugins = plugins;
        this.scores = new double[plugins][];
    }

    /** For a cluster of so many nodes, of which these filters speak. */
    void begin(int size, List<FilterPlugin> asked) {
        if (nodes.length != size || !filters.equals(asked)) {
            filters = asked;
            nodes = new NodeView[size];
            verdicts = new Verdict[size];
            refusers = new FilterPlugin[size];
            scores = new double[plugins][];
        }
    }

    /** The filters' verdict on the node, if it is known. */
    @Nullable
    Verdict verdict(int place, NodeView node) {
        return nodes[place] == node ? verdicts[place] : null;
    }

    /** Who refused the node. */
    @Nullable
    FilterPlugin refuser(int place) {
        return refusers[place];
    }

    void judged(int place, NodeView node, Verdict verdict, @Nullable FilterPlugin refuser) {
        about(place, node);
        verdicts[place] = verdict;
        refusers[place] = refuser;
    }

    /**
     * The plugin's scores by the nodes' places; not a number where it was not asked yet. They hold for the nodes that {@link #judged} or
     * {@link #verdict} have just been about. What the plugin says is to be noted there.
     */
    double[] scores(int plugin) {
        double[] known = scores[plugin];
        if (known == null) {
            known = new double[nodes.length];
            Arrays.fill(known, Double.NaN);
            scores[plugin] = known;
        }
        return known;
    }

    /** What was said of the node as it was before holds no longer. */
    private void about(int place, NodeView node) {
        if (nodes[place] == node) {
            return;
        }
        nodes[place] = node;
        verdicts[place] = null;
        refusers[place] = null;
        for (double[] known : scores) {
            if (known != null) {
                known[place] = Double.NaN;
            }
        }
    }
}
