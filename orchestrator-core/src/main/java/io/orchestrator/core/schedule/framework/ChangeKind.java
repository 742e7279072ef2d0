package io.orchestrator.core.schedule.framework;

/**
 * What can happen in a cluster that may help a pod that fitted nowhere before. A change of the pod's own specification or labels
 * always lets it be tried again.
 */
public enum ChangeKind {
    NODE_ADDED,
    /** Matters to rules that count places. */
    NODE_REMOVED,
    NODE_ALLOCATABLE_CHANGED,
    NODE_LABELS_CHANGED,
    /** Also when the node was cordoned or uncordoned. */
    NODE_TAINTS_CHANGED,
    /** A pod that held room on a node ended, was deleted, or was never bound after all. */
    POD_GONE,
    /** A pod took its place on a node. */
    POD_PLACED,
    /** The labels or requests of a pod on a node changed, or it began to end. */
    PLACED_POD_CHANGED,
    /** An object appeared, changed or went, of a kind that the plugin reads. */
    OBJECT_CHANGED
}
