package io.orchestrator.api.client;

import org.jspecify.annotations.Nullable;

/**
 * How a deletion is made.
 *
 * @param gracePeriodSeconds null takes the object's own; 0 deletes at once
 * @param propagation what happens to the objects that this one owns
 * @param uid only an object with this uid; empty for any
 * @param resourceVersion only this version; empty for any
 * @param dryRun answer, but delete nothing
 * @param fence the lease without which it is not carried out; null where it hangs on none
 */
public record DeleteOptions(
        @Nullable Long gracePeriodSeconds,
        Propagation propagation,
        String uid,
        String resourceVersion,
        boolean dryRun,
        @Nullable Fence fence) {
    private static final DeleteOptions DEFAULTS = new DeleteOptions(null, Propagation.DEFAULT, "", "", false, null);

    public static DeleteOptions defaults() {
        return DEFAULTS;
    }

    public DeleteOptions grace(long seconds) {
        return new DeleteOptions(seconds, propagation, uid, resourceVersion, dryRun, fence);
    }

    public DeleteOptions propagate(Propagation propagation) {
        return new DeleteOptions(gracePeriodSeconds, propagation, uid, resourceVersion, dryRun, fence);
    }

    public DeleteOptions onlyUid(String uid) {
        return new DeleteOptions(gracePeriodSeconds, propagation, uid, resourceVersion, dryRun, fence);
    }

    public DeleteOptions onlyVersion(String resourceVersion) {
        return new DeleteOptions(gracePeriodSeconds, propagation, uid, resourceVersion, dryRun, fence);
    }

    public DeleteOptions dryRunOnly() {
        return new DeleteOptions(gracePeriodSeconds, propagation, uid, resourceVersion, true, fence);
    }

    /** The same deletion, carried out only while this lease stands. */
    public DeleteOptions fencedBy(@Nullable Fence lease) {
        return new DeleteOptions(gracePeriodSeconds, propagation, uid, resourceVersion, dryRun, lease);
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
