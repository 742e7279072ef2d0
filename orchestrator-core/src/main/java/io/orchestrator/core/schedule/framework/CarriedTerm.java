package io.orchestrator.core.schedule.framework;

/**
 * A rule that pods on nodes carry, and that speaks about whoever comes.
 *
 * @param weight for preferences only
 */
public record CarriedTerm(Kind kind, PodTerm term, int weight) {

    /** What it says. */
    public enum Kind {
        /** Such pods must be near to the one that carries it. */
        NEAR,
        /** Such pods must not come near. */
        FAR,
        /** Such pods are wished near, or with a weight below zero wished away. */
        PREFERENCE
    }
}
