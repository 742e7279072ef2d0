package io.orchestrator.api.client;

import org.jspecify.annotations.Nullable;

/**
 * How a deletion is made.
 *
 * @param gracePeriodSeconds null takes the object's own; 0 deletes at once
 * @param propagation what happens to the objects that this one owns
 * @param uid only an object with this uid; empty for any
 * @param resourceVersion only this version; empty for any
 */
public record DeleteOptions(
        @Nullable Long gracePeriodSeconds,
        Propagation propagation,
        String uid,
        String resourceVersion,
        boolean dryRun) {
    private static final DeleteOptions DEFAULTS = new DeleteOptions(null, Propagation.DEFAULT, "", "", false);

    public static DeleteOptions defaults() {
        return DEFAULTS;
    }

    public DeleteOptions grace(long seconds) {
        return new DeleteOptions(seconds, propagation, uid, resourceVersion, dryRun);
    }

    public DeleteOptions propagate(Propagation propagation) {
        return new DeleteOptions(gracePeriodSeconds, propagation, uid, resourceVersion, dryRun);
    }

    public DeleteOptions onlyUid(String uid) {
        return new DeleteOptions(gracePeriodSeconds, propagation, uid, resourceVersion, dryRun);
    }

    public DeleteOptions onlyVersion(String resourceVersion) {
        return new DeleteOptions(gracePeriodSeconds, propagation, uid, resourceVersion, dryRun);
    }

    /** What happens to dependents. */
    public enum Propagation {
        /** As the kind has it; background for all built-in kinds. */
        DEFAULT,
        /** Dependents stay and lose their owner reference. */
        ORPHAN,
        /** The object goes at once, dependents follow. */
        BACKGROUND,
        /** Dependents that block go first, then the object. */
        FOREGROUND
    }
}
