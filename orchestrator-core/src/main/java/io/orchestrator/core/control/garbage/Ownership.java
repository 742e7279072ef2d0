package io.orchestrator.core.control.garbage;

import io.orchestrator.api.meta.OwnerReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * An object's owner references, sorted by what became of the owners.
 *
 * @param solid the owner stands, or may stand: what cannot be judged counts as standing
 * @param dangling the owner is gone, or its name is another's now
 * @param waiting the owner is being deleted in the foreground and waits for this object to go first
 */
record Ownership(List<OwnerReference> solid, List<OwnerReference> dangling, List<OwnerReference> waiting) {

    /** What became of one owner. */
    enum Fate {
        STANDS,
        GONE,
        WAITS
    }

    static Ownership of(List<OwnerReference> references, java.util.function.Function<OwnerReference, Fate> fates) {
        List<OwnerReference> solid = new ArrayList<>();
        List<OwnerReference> dangling = new ArrayList<>();
        List<OwnerReference> waiting = new ArrayList<>();
        for (OwnerReference reference : references) {
            switch (fates.apply(reference)) {
                case STANDS -> solid.add(reference);
                case GONE -> dangling.add(reference);
                case WAITS -> (blocks(reference) ? waiting : solid).add(reference);
            }
        }
        return new Ownership(List.copyOf(solid), List.copyOf(dangling), List.copyOf(waiting));
    }

    static boolean blocks(OwnerReference reference) {
        return Boolean.TRUE.equals(reference.blockOwnerDeletion());
    }

    /** What is to be done with the object. */
    Verdict verdict() {
        if (dangling.isEmpty() && waiting.isEmpty()) {
            return Verdict.KEEP;
        }
        if (!solid.isEmpty()) {
            return Verdict.DROP_REFERENCES;
        }
        return waiting.isEmpty() ? Verdict.DELETE : Verdict.DELETE_IN_FOREGROUND;
    }

    /** References that should not stand any more. */
    Predicate<OwnerReference> dropped() {
        return reference -> dangling.contains(reference) || waiting.contains(reference);
    }

    /** The possible ends. */
    enum Verdict {
        KEEP,
        /** Others still own it: only the dead references go. */
        DROP_REFERENCES,
        DELETE,
        /** An owner waits: its dependents must go before it does. */
        DELETE_IN_FOREGROUND
    }
}
