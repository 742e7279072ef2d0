package io.orchestrator.core.registry;

import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.Time;
import io.orchestrator.core.patch.PatchException;
import io.orchestrator.core.patch.apply.FieldWriter;
import io.orchestrator.core.patch.apply.ServerSideApply;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code managedFields}: who set which fields. Thread-safe.
 *
 * <p>What components of the control plane make for themselves, and their status reports, are not accounted for: nobody
 * applies such objects, and the account would cost more than the write. Their changes of objects that are accounted for are
 * noted like everybody's.
 */
final class Ownership {
    private final ServerSideApply account;
    private final Clock clock;

    Ownership(ServerSideApply account, Clock clock) {
        this.account = account;
        this.clock = clock;
    }

    /**
     * The object with the writer's changes noted.
     *
     * @param current what stands there; null when the object is new
     * @param subresource by which it is written; empty for the object itself
     */
    <T extends Resource> T noted(
            ResourceStrategy<T> strategy,
            String subresource,
            T written,
            @Nullable T current,
            WriteOptions options,
            Caller caller) {
        boolean own = current == null || current.metadata().managedFields().isEmpty() || !subresource.isEmpty();
        if (caller.isComponent() && own) {
            return written;
        }
        try {
            return account.track(
                    current,
                    written,
                    strategy.applied(),
                    manager(subresource, options, caller),
                    Time.of(clock.instant()));
        } catch (PatchException e) {
            // A list item without its key, for instance: who owns it cannot be said, and validation says what is wrong.
            return written;
        }
    }

    static FieldWriter manager(String subresource, WriteOptions options, Caller caller) {
        String name = options.fieldManager().isEmpty() ? caller.fieldManager() : options.fieldManager();
        return new FieldWriter(name, subresource);
    }
}
