package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.Fence;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.registry.Subresource.Removal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Deletions that others have a say in. Thread-safe. */
final class GuardedRemovals {
    private static final int ATTEMPTS = 5;

    private final Supplier<Catalog> catalog;
    private final ObjectReader reader;
    private final Replacement replacement;
    private final Removals removals;
    private final Lists lists;
    private final Clock clock;

    GuardedRemovals(
            Supplier<Catalog> catalog,
            ObjectReader reader,
            Replacement replacement,
            Removals removals,
            Lists lists,
            Clock clock) {
        this.catalog = catalog;
        this.reader = reader;
        this.replacement = replacement;
        this.removals = removals;
        this.lists = lists;
        this.clock = clock;
    }

    <T extends Resource, B extends Resource> void remove(
            ObjectRef<T> ref, Removal<T, B> removal, B body, WriteOptions options, Caller caller) {
        DeleteOptions asked = removal.options().apply(body).fencedBy(options.fence());
        boolean pretend = options.dryRun() || asked.dryRun();
        for (int attempt = 1; ; attempt++) {
            T object = ref.strategy().type().objectClass().cast(reader.get(ref).object());
            requireAsked(ref, asked, object);
            Removal.Grant<T> grant = removal.guard().ask(object, new Others(pretend, asked.fence(), caller));
            try {
                remove(ref, grant, object, asked, pretend, caller);
                return;
            } catch (ApiException e) {
                // What was granted for one version may be refused for the next: look again.
                if (!e.isConflict() || !grant.asSeen() || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Before anything is taken from others for it: is this the object that is meant? */
    private static void requireAsked(ObjectRef<?> ref, DeleteOptions asked, Resource object) {
        Deletion.checkPreconditions(ref.strategy(), object, asked);
    }

    private <T extends Resource> void remove(
            ObjectRef<T> ref, Removal.Grant<T> grant, T object, DeleteOptions asked, boolean pretend, Caller caller) {
        String seen = object.metadata().resourceVersion();
        String version = seen;
        if (!pretend && object.metadata().deletionTimestamp() == null) {
            version = replacement
                    .change(
                            ref,
                            Replacement.Part.INTERNAL,
                            Gate.open(),
                            (current, violations) -> {
                                requireAsked(ref, asked, current);
                                T marked = grant.mark().apply(current);
                                return Metadata.edit(
                                        marked,
                                        metadata -> metadata.resourceVersion(grant.asSeen() ? seen : "")
                                                .uid(object.metadata().uid()));
                            },
                            WriteOptions.defaults().fencedBy(asked.fence()),
                            caller)
                    .object()
                    .metadata()
                    .resourceVersion();
        }
        removals.deleteAdmitted(
                ref,
                new DeleteOptions(
                        asked.gracePeriodSeconds(),
                        asked.propagation(),
                        object.metadata().uid(),
                        grant.asSeen() ? version : "",
                        pretend,
                        asked.fence()));
    }

    /** What a guard sees and changes. */
    private final class Others implements Removal.Ledger {
        private final boolean pretend;
        private final @Nullable Fence fence;
        private final Caller caller;

        Others(boolean pretend, @Nullable Fence fence, Caller caller) {
            this.pretend = pretend;
            this.fence = fence;
            this.caller = caller;
        }

        @Override
        public <R extends Resource> List<R> list(ResourceType<R> type, String namespace) {
            return lists.list(catalog.get().strategy(type), namespace, ListOptions.all()).objects().stream()
                    .map(stored -> type.objectClass().cast(stored.object()))
                    .toList();
        }

        @Override
        public <R extends Resource> void change(
                ResourceType<R> type, String namespace, String name, UnaryOperator<R> change) {
            WriteOptions defaults = WriteOptions.defaults().fencedBy(fence);
            WriteOptions options = pretend ? defaults.dryRunOnly() : defaults;
            replacement.change(
                    new ObjectRef<>(catalog.get().strategy(type), namespace, name),
                    Replacement.Part.STATUS,
                    Gate.open(),
                    (current, violations) -> change.apply(current),
                    options,
                    caller);
        }

        @Override
        public Instant now() {
            return clock.instant();
        }
    }
}
