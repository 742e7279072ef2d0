package io.orchestrator.core.schedule;

/** What can happen in a cluster that may make room for a pod that fitted nowhere before. */
public enum ClusterChange {
    NODE_ADDED,
    NODE_ALLOCATABLE_CHANGED,
    NODE_LABELS_CHANGED,
    /** Also when the node was cordoned or uncordoned. */
    NODE_TAINTS_CHANGED,
    /** A pod that held room on a node ended, was deleted, or was never bound after all. */
    POD_GONE,
    /** A pod took its place on a node: matters to rules about other pods. */
    POD_PLACED,
    /** The waiting pod's own specification or labels changed. */
    POD_CHANGED
}
