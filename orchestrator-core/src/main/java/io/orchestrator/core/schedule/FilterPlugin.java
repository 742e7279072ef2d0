package io.orchestrator.core.schedule;

import java.util.Set;

/**
 * Says where a pod cannot run. Stateless and without side effects: the answer depends on the two views alone, and is asked
 * for up to thousands of times per pod.
 */
public interface FilterPlugin {

    /** As in Kubernetes where it has the like; unique within a profile. */
    String name();

    /** Whether the pod asks for anything that this plugin looks at. When false, no node is filtered. */
    default boolean concerns(PodView pod) {
        return true;
    }

    Verdict filter(PodView pod, NodeView node);

    /** The changes that could turn a refusal of this plugin. A pod it refused is not tried again for others. */
    Set<ClusterChange> retryOn();

    /**
     * Whether such a change on this node turns the refusal of this pod. The default asks the filter again, which is right for
     * every plugin that judges a node by itself; one that looks beyond the node answers more generously.
     */
    default boolean turnedBy(ClusterChange change, PodView pod, NodeView node) {
        return !concerns(pod) || filter(pod, node) instanceof Verdict.Fits;
    }
}
