package io.orchestrator.core.control.pods;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec.Index;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.Expectations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an owner's pods at the number it wants: claims those that match, makes what is missing, deletes what is too many.
 *
 * <p>Pods have names that follow from owner and slot, so a creation is never doubled. Before it counts on its cache for a
 * write it asks its {@link Expectations}; where these are in doubt, it reads the owner and its pods from the server and plans
 * on that.
 *
 * @param <O> the kind of owner
 */
public final class ReplicaControl<O extends Resource> {
    /** The pods that nobody controls, by namespace. One for all controllers, as caches keep what has one function once. */
    private static final Index<Pod> ORPHANS = new Index<>(
            "orphans",
            pod -> Ownership.controllerOf(pod).isPresent()
                    ? List.of()
                    : List.of(pod.metadata().namespace()));

    /** The index that a controller must declare for its pods. */
    public static Index<Pod> orphans() {
        return ORPHANS;
    }

    /** The pods of the namespace that nobody controls, for a controller that declared {@link #orphans}. */
    public static List<Pod> orphansIn(String namespace, View view) {
        return view.byIndex(Pod.TYPE, ORPHANS.name(), namespace);
    }

    /** What is particular to a kind of owner. */
    public interface Kind<O extends Resource> {
        ReplicaOwner describe(O object);

        ResourceClient<O> client(Context context, String namespace);

        /** The active pods of all owners that do the same work as this one. */
        List<Pod> related(O object, Context context);

        /** How many of its available pods the owner may delete now. */
        default int spare(O object, List<Pod> pods, Context context) {
            return Integer.MAX_VALUE;
        }
    }

    /**
     * How it went.
     *
     * @param object the owner as it was planned on
     * @param pods those that it controls, with the new ones, and still with those that were just deleted
     * @param unseen how many more there may be, which the cache does not show yet
     * @param failure a write that was refused; null when all went well
     * @param again when to look again, at once where not everything was done; null when nothing but a change matters
     */
    public record Result<O extends Resource>(
            O object,
            List<Pod> pods,
            int unseen,
            @Nullable RefusedWrite failure,
            @Nullable Duration again) {
        public Result {
            pods = List.copyOf(pods);
        }
    }

    private final Kind<O> kind;
    private final Expectations expectations;

    public ReplicaControl(Kind<O> kind, Expectations expectations) {
        this.kind = kind;
        this.expectations = expectations;
    }

    /** Which pods were deleted already, although the list of pods still has them as they were. */
    public Predicate<Pod> going(O owner) {
        Set<String> going = expectations.going(ObjectKey.of(owner));
        return pod -> !going.isEmpty() && going.contains(pod.metadata().uid());
    }

    /** Nothing bears the key any more. */
    public void forget(ObjectKey key) {
        expectations.forget(key);
    }

    /**
     * Makes the owner's pods what it wants. Empty when a live read shows that the owner is gone or another one.
     *
     * @param told whether the owner's status says of these pods what is to be said; only a true list may change it
     */
    public Optional<Result<O>> sync(O object, Predicate<Result<O>> told, Context context) {
        ReplicaOwner owner = kind.describe(object);
        List<Pod> pods = claim(owner, cached(owner, context), context);
        if (owner.isBeingDeleted()) {
            return Optional.of(new Result<>(object, pods, 0, null, null));
        }
        return switch (expectations.trust(owner.key(), owner.uid(), context.view())) {
            case CACHE -> Optional.of(apply(object, owner, pods, plan(object, owner, pods, context), context));
            case NOTHING_YET -> Optional.of(waiting(object, owner, pods));
            case LIVE_READ_ONLY -> {
                Result<O> cached = new Result<>(object, pods, 0, null, null);
                yield plan(object, owner, pods, context).isEmpty() && told.test(cached)
                        ? Optional.of(cached)
                        : syncLive(object, owner, context);
            }
        };
    }

    private Result<O> waiting(O object, ReplicaOwner owner, List<Pod> pods) {
        return new Result<>(
                object, pods, expectations.unseen(owner.key(), Pod.TYPE, pods), null, expectations.patience());
    }

    private Optional<Result<O>> syncLive(O cachedObject, ReplicaOwner cachedOwner, Context context) {
        ObjectKey key = cachedOwner.key();
        O live = kind.client(context, key.namespace()).find(key.name()).orElse(null);
        if (live == null || !live.metadata().uid().equals(cachedOwner.uid())) {
            return Optional.empty();
        }
        ReplicaOwner owner = kind.describe(live);
        List<Pod> found = context.client()
                .pods()
                .inNamespace(key.namespace())
                .list(ListOptions.all().labels(owner.selector().toString()))
                .items();
        List<Resource> known = new ArrayList<>(owned(owner, found));
        known.add(live);
        List<Resource> cached = new ArrayList<>(context.view().ownedBy(Pod.TYPE, owner.uid()));
        cached.add(cachedObject);
        expectations.looked(key, owner.uid(), known, cached);
        List<Pod> pods = claim(owner, found, context);
        ReplicaPlan plan = plan(live, owner, pods, context);
        if (plan.isEmpty() || owner.isBeingDeleted()) {
            return Optional.of(new Result<>(live, pods, 0, null, null));
        }
        return Optional.of(apply(live, owner, pods, plan, context));
    }

    private ReplicaPlan plan(O object, ReplicaOwner owner, List<Pod> pods, Context context) {
        int active = 0;
        for (Pod pod : pods) {
            active += PodFacts.isActive(pod) ? 1 : 0;
        }
        Predicate<String> taken = active < owner.replicas() ? taken(owner, pods, context) : name -> true;
        boolean surplus = active > owner.replicas();
        int spare = surplus ? kind.spare(object, pods, context) : 0;
        return ReplicaPlan.of(owner, pods, () -> kind.related(object, context), spare, taken, now(context));
    }

    private static Predicate<String> taken(ReplicaOwner owner, List<Pod> pods, Context context) {
        String namespace = owner.key().namespace();
        Set<String> names = new HashSet<>();
        pods.forEach(pod -> names.add(pod.metadata().name()));
        return name -> names.contains(name)
                || context.view().get(Pod.TYPE, new ObjectKey(namespace, name)).isPresent();
    }

    private Result<O> apply(O object, ReplicaOwner owner, List<Pod> pods, ReplicaPlan plan, Context context) {
        if (!plan.create().isEmpty() && !plan.notBefore().isZero()) {
            return new Result<>(object, pods, 0, null, plan.notBefore());
        }
        PodWrites writes = new PodWrites(owner.object(), context, expectations);
        String namespace = owner.key().namespace();
        RefusedWrite failure = writes.createAll(plan.create().stream()
                .map(name -> PodFactory.fromTemplate(owner.template(), namespace, name, owner.reference()))
                .toList());
        if (failure == null) {
            failure = writes.deleteAll(plan.delete());
        }
        List<Pod> after = new ArrayList<>(pods);
        after.addAll(writes.created());
        return new Result<>(object, after, writes.doubtful(), failure, plan.more() ? Duration.ZERO : null);
    }

    private static Collection<Pod> cached(ReplicaOwner owner, Context context) {
        List<Pod> candidates = new ArrayList<>(context.view().ownedBy(Pod.TYPE, owner.uid()));
        candidates.addAll(orphansIn(owner.key().namespace(), context.view()));
        return candidates;
    }

    private static List<Pod> owned(ReplicaOwner owner, Collection<Pod> pods) {
        return pods.stream()
                .filter(pod -> Ownership.isControlledBy(pod, owner.uid()))
                .toList();
    }

    /** The owner's pods, after those that match were adopted and those that no longer do were let go. */
    private List<Pod> claim(ReplicaOwner owner, Collection<Pod> candidates, Context context) {
        Claims<Pod> claims = Claims.of(owner.object(), owner.selector(), candidates);
        ResourceClient<Pod> client =
                context.client().pods().inNamespace(owner.key().namespace());
        List<Pod> mine = new ArrayList<>(claims.owned());
        if (!claims.adopt().isEmpty() && mayAdopt(owner, context)) {
            for (Pod pod : claims.adopt()) {
                write(() -> client.update(pod.withMetadata(Ownership.adopted(pod, owner.reference()))))
                        .ifPresent(mine::add);
            }
        }
        for (Pod pod : claims.release()) {
            write(() -> client.update(pod.withMetadata(Ownership.released(pod, owner.uid()))));
        }
        return mine;
    }

    /** The owner as the server has it: a cached one may be gone, and another may bear its name. */
    private boolean mayAdopt(ReplicaOwner owner, Context context) {
        return kind.client(context, owner.key().namespace())
                .find(owner.key().name())
                .filter(live -> live.metadata().uid().equals(owner.uid()))
                .filter(live -> live.metadata().deletionTimestamp() == null)
                .isPresent();
    }

    private static Optional<Pod> write(Supplier<Pod> update) {
        try {
            return Optional.of(update.get());
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Instant now(Context context) {
        return context.clock().instant();
    }
}
