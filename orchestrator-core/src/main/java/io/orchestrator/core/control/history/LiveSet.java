package io.orchestrator.core.control.history;

import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.Expectations;
import io.orchestrator.core.control.pods.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A set as the API itself has it, where the caches are not to be trusted.
 *
 * @param pods all that its selector matches, whoever controls them
 * @param revisions those that it controls
 */
public record LiveSet<O extends Resource>(O set, List<Pod> pods, List<ControllerRevision> revisions) {
    public LiveSet {
        pods = List.copyOf(pods);
        revisions = List.copyOf(revisions);
    }

    /**
     * Reads it, and tells the expectations what was seen. Empty when the set is gone, or another has its name now.
     *
     * @param cached the set as the cache has it
     */
    public static <O extends Resource> Optional<LiveSet<O>> read(
            ResourceType<O> type,
            O cached,
            Function<O, LabelSelector> selector,
            Context context,
            Expectations expectations) {
        ObjectKey key = ObjectKey.of(cached);
        String uid = cached.metadata().uid();
        return context.client()
                .resources(type)
                .inNamespace(key.namespace())
                .find(key.name())
                .filter(found -> found.metadata().uid().equals(uid))
                .map(set -> read(set, cached, selector, context, expectations));
    }

    private static <O extends Resource> LiveSet<O> read(
            O set, O cached, Function<O, LabelSelector> selector, Context context, Expectations expectations) {
        ObjectKey key = ObjectKey.of(set);
        String uid = set.metadata().uid();
        List<Pod> pods = context.client()
                .pods()
                .inNamespace(key.namespace())
                .list(ListOptions.all().labels(Selector.of(selector.apply(set)).toString()))
                .items();
        List<ControllerRevision> revisions =
                context.client().resources(ControllerRevision.TYPE).inNamespace(key.namespace()).list().items().stream()
                        .filter(revision -> Ownership.isControlledBy(revision, uid))
                        .toList();
        List<Resource> known = new ArrayList<>(revisions);
        pods.stream().filter(pod -> Ownership.isControlledBy(pod, uid)).forEach(known::add);
        known.add(set);
        List<Resource> before = new ArrayList<>(context.view().ownedBy(Pod.TYPE, uid));
        before.addAll(context.view().ownedBy(ControllerRevision.TYPE, uid));
        before.add(cached);
        expectations.looked(key, uid, known, before);
        return new LiveSet<>(set, pods, revisions);
    }
}
