package io.orchestrator.api.control;

import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A controller as data: which kinds it watches, which keys their changes touch, and the reconciler that does the work.
 *
 * <pre>{@code
 * ControllerSpec.named("replicaset")
 *     .reconciles(ReplicaSet.TYPE)
 *     .owns(Pod.TYPE)
 *     .workers(4)
 *     .with(new ReplicaSetReconciler());
 * }</pre>
 */
public final class ControllerSpec {

    /**
     * A kind that the controller watches.
     *
     * @param keys the keys to reconcile when an object of this kind appears, changes (called for the old and the new
     *     state) or goes
     * @param relevant whether a change from the first to the second state matters; both are never null
     */
    public record Source<T extends Resource>(
            ResourceType<T> type, KeyMapper<T> keys, BiPredicate<T, T> relevant, List<Index<T>> indexes) {
        public Source {
            indexes = List.copyOf(indexes);
        }
    }

    /** A way to look objects up. */
    public record Index<T extends Resource>(String name, Function<T, List<String>> values) {}

    /** Which keys an object touches. May look at the caches. Must be quick, and must not write. */
    @FunctionalInterface
    public interface KeyMapper<T extends Resource> {
        List<ObjectKey> keys(T object, View view);
    }

    private static final Duration REST_PER_OBJECT = Duration.ofNanos(20_000);

    private final String name;
    private final @Nullable ResourceType<?> primary;
    private final List<Source<?>> sources;
    private final int workers;
    private final Duration restPerObject;
    private final Reconciler reconciler;

    private ControllerSpec(Builder builder, Reconciler reconciler) {
        this.name = builder.name;
        this.primary = builder.primary;
        this.sources = List.copyOf(builder.sources);
        this.workers = builder.workers;
        this.restPerObject = builder.restPerObject;
        this.reconciler = reconciler;
    }

    public static Builder named(String name) {
        return new Builder(name);
    }

    public String name() {
        return name;
    }

    /** The kind whose objects the keys name; empty for a controller whose keys name something else. */
    public Optional<ResourceType<?>> primary() {
        return Optional.ofNullable(primary);
    }

    public List<Source<?>> sources() {
        return sources;
    }

    /** How many keys may be reconciled at a time. */
    public int workers() {
        return workers;
    }

    /** How long a key rests for each of the many objects that were looked at for it, see {@link Builder#restPerObject}. */
    public Duration restPerObject() {
        return restPerObject;
    }

    public Reconciler reconciler() {
        return reconciler;
    }

    /** Collects the parts of a controller. */
    public static final class Builder {
        private final String name;
        private final List<Source<?>> sources = new ArrayList<>();
        private int workers = 1;
        private Duration restPerObject = REST_PER_OBJECT;
        private @Nullable ResourceType<?> primary;

        private Builder(String name) {
            this.name = name;
        }

        /** The kind whose objects are reconciled: each change of one touches its own key. */
        public <T extends Resource> Builder reconciles(ResourceType<T> type) {
            primary = type;
            return watches(type, (object, view) -> List.of(ObjectKey.of(object)));
        }

        /** The same, but changes that are not relevant touch nothing. @param relevant from the first to the second state */
        public <T extends Resource> Builder reconciles(ResourceType<T> type, BiPredicate<T, T> relevant) {
            primary = type;
            return source(new Source<>(type, (object, view) -> List.of(ObjectKey.of(object)), relevant, List.of()));
        }

        /** Objects controlled by the primary kind: each change of one touches its controller's key. */
        public <T extends Resource> Builder owns(ResourceType<T> type) {
            ResourceType<?> owner = primary;
            if (owner == null) {
                throw new IllegalStateException("say reconciles(...) before owns(...)");
            }
            return watches(
                    type,
                    (object, view) -> object.metadata().ownerReferences().stream()
                            .filter(reference -> isControllerOfKind(reference, owner))
                            .map(reference -> new ObjectKey(
                                    owner.namespaced() ? object.metadata().namespace() : "", reference.name()))
                            .toList());
        }

        public <T extends Resource> Builder watches(ResourceType<T> type, KeyMapper<T> keys) {
            return source(new Source<>(type, keys, (before, after) -> true, List.of()));
        }

        /** Keeps a cache of this kind without being woken by it. */
        public <T extends Resource> Builder reads(ResourceType<T> type) {
            return watches(type, (object, view) -> List.of());
        }

        public <T extends Resource> Builder source(Source<T> source) {
            sources.add(source);
            return this;
        }

        public Builder workers(int workers) {
            if (workers < 1) {
                throw new IllegalArgumentException("a controller needs a worker");
            }
            this.workers = workers;
            return this;
        }

        /**
         * How long a key rests after it was worked on, for each object beyond a thousand that its reconciler looked at; a second at
         * most. Changes that come meanwhile are looked at together: otherwise each change of one among many objects costs a look
         * at all of them. A reconciler that asks to be called again without delay is. By default twenty
         * microseconds, many times what such a look takes, so that it is a small part of all that is done meanwhile.
         */
        public Builder restPerObject(Duration rest) {
            if (rest.isNegative()) {
                throw new IllegalArgumentException("not a time to rest: " + rest);
            }
            this.restPerObject = rest;
            return this;
        }

        public ControllerSpec with(Reconciler reconciler) {
            return new ControllerSpec(this, reconciler);
        }

        private static boolean isControllerOfKind(OwnerReference reference, ResourceType<?> owner) {
            return Boolean.TRUE.equals(reference.controller())
                    && reference.kind().equals(owner.kind())
                    && reference.apiVersion().equals(owner.apiVersion());
        }
    }
}
