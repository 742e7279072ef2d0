package io.orchestrator.core.registry;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what a delete request does to an object: nothing yet, a mark, or its end. Pure functions, as Kubernetes' generic
 * registry has them.
 */
final class Deletion {
    static final String ORPHAN = "orphan";
    static final String FOREGROUND = "foregroundDeletion";

    private Deletion() {}

    static <T extends Resource> ObjectWriter.Step<T> plan(
            ResourceStrategy<T> strategy, T current, DeleteOptions options, Instant now) {
        checkPreconditions(strategy, current, options);
        ObjectMeta metadata = current.metadata();
        List<String> finalizers = finalizers(metadata.finalizers(), options.propagation());
        boolean held = !finalizers.isEmpty() || !strategy.finalized(current);
        if (metadata.deletionTimestamp() != null) {
            return again(current, options, finalizers, held);
        }
        long grace = Math.max(0, grace(strategy, current, options));
        T marked = strategy.markedDeleting(Metadata.edit(
                current,
                edited -> edited.finalizers(finalizers)
                        .deletionTimestamp(Time.of(now.plusSeconds(grace)))
                        .deletionGracePeriodSeconds(grace)
                        .generation(metadata.generation() > 0 ? metadata.generation() + 1 : 0)));
        return held || grace > 0 ? new ObjectWriter.Step.Replace<>(marked) : new ObjectWriter.Step.Remove<>(marked);
    }

    /** A deletion of what is being deleted: it may only become quicker. */
    private static <T extends Resource> ObjectWriter.Step<T> again(
            T current, DeleteOptions options, List<String> finalizers, boolean held) {
        ObjectMeta metadata = current.metadata();
        Time due = metadata.deletionTimestamp();
        Long standing = metadata.deletionGracePeriodSeconds();
        if (standing != null && standing > 0) {
            Long asked = options.gracePeriodSeconds();
            if (asked == null || due == null || asked >= standing) {
                return new ObjectWriter.Step.Keep<>();
            }
            long grace = Math.max(0, asked);
            T sooner = Metadata.edit(
                    current,
                    edited -> edited.finalizers(finalizers)
                            .deletionTimestamp(Time.of(due.instant().minusSeconds(standing - grace)))
                            .deletionGracePeriodSeconds(grace));
            return held || grace > 0 ? new ObjectWriter.Step.Replace<>(sooner) : new ObjectWriter.Step.Remove<>(sooner);
        }
        if (!held) {
            return new ObjectWriter.Step.Remove<>(current);
        }
        return finalizers.equals(metadata.finalizers())
                ? new ObjectWriter.Step.Keep<>()
                : new ObjectWriter.Step.Replace<>(Metadata.edit(current, edited -> edited.finalizers(finalizers)));
    }

    /** Whether an object that an update leaves like this has nothing more to wait for. */
    static <T extends Resource> boolean complete(ResourceStrategy<T> strategy, T object) {
        ObjectMeta metadata = object.metadata();
        Long grace = metadata.deletionGracePeriodSeconds();
        return metadata.deletionTimestamp() != null
                && metadata.finalizers().isEmpty()
                && (grace == null || grace == 0)
                && strategy.finalized(object);
    }

    private static <T extends Resource> long grace(ResourceStrategy<T> strategy, T current, DeleteOptions options) {
        long own = strategy.graceSeconds(current);
        Long asked = options.gracePeriodSeconds();
        if (own == 0 || asked == null) {
            return own;
        }
        return asked < 0 ? 1 : asked;
    }

    private static List<String> finalizers(List<String> standing, DeleteOptions.Propagation propagation) {
        if (propagation == DeleteOptions.Propagation.DEFAULT) {
            return standing;
        }
        List<String> finalizers = new ArrayList<>(standing);
        finalizers.removeIf(finalizer -> finalizer.equals(ORPHAN) || finalizer.equals(FOREGROUND));
        switch (propagation) {
            case ORPHAN -> finalizers.add(ORPHAN);
            case FOREGROUND -> finalizers.add(FOREGROUND);
            case BACKGROUND, DEFAULT -> {}
        }
        return finalizers.equals(standing) ? standing : finalizers;
    }

    static void checkPreconditions(ResourceStrategy<?> strategy, Resource current, DeleteOptions options) {
        ObjectMeta metadata = current.metadata();
        if (!options.uid().isEmpty() && !options.uid().equals(metadata.uid())) {
            throw Failures.conflict(
                    strategy.type(),
                    metadata.name(),
                    "the UID in the precondition (" + options.uid() + ") does not match the UID in record ("
                            + metadata.uid() + "). The object might have been deleted and then recreated");
        }
        if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals(metadata.resourceVersion())) {
            throw Failures.conflict(
                    strategy.type(),
                    metadata.name(),
                    "the ResourceVersion in the precondition (" + options.resourceVersion()
                            + ") does not match the ResourceVersion in record (" + metadata.resourceVersion()
                            + "). The object might have been modified");
        }
    }
}
