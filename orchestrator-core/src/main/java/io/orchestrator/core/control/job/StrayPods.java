package io.orchestrator.core.control.job;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec.Index;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.Ownership;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Pods that bear the finalizer of a job that is gone, or that they belong to no more: nobody would ever let go of them. */
final class StrayPods {
    /** Those that bear the finalizer, by the job that they name. */
    static final Index<Pod> INDEX = new Index<>("tracked", StrayPods::names);

    private static final List<String> NAME_LABELS = List.of("batch.kubernetes.io/job-name", "job-name");

    private StrayPods() {}

    /** The jobs that a change of the pod may matter to. */
    static List<ObjectKey> keys(Pod pod, View view) {
        String namespace = pod.metadata().namespace();
        Set<ObjectKey> keys = new LinkedHashSet<>();
        OwnerReference controller = Ownership.controllerOf(pod).orElse(null);
        if (controller == null) {
            view.list(Job.TYPE, namespace).stream()
                    .filter(job -> Selector.of(job.spec().selector()).matches(pod))
                    .map(ObjectKey::of)
                    .forEach(keys::add);
        } else if (isJob(controller)) {
            keys.add(new ObjectKey(namespace, controller.name()));
        }
        names(pod).forEach(name -> keys.add(new ObjectKey(namespace, name)));
        return List.copyOf(keys);
    }

    /** Lets go of the stray pods that name this job. */
    static void release(ObjectKey key, Context context) {
        List<Pod> named = context.view().byIndex(Pod.TYPE, INDEX.name(), key.name()).stream()
                .filter(pod -> pod.metadata().namespace().equals(key.namespace()))
                .toList();
        String cached = context.view()
                .get(Job.TYPE, key)
                .map(job -> job.metadata().uid())
                .orElse("");
        if (named.stream().allMatch(pod -> Ownership.isControlledBy(pod, cached))) {
            return;
        }
        Job live = context.client()
                .resources(Job.TYPE)
                .inNamespace(key.namespace())
                .find(key.name())
                .orElse(null);
        for (Pod pod : named) {
            if (live == null || isStray(pod, live)) {
                JobWrites.untrack(pod, context);
            }
        }
    }

    /** A pod without a controller may still be adopted. */
    private static boolean isStray(Pod pod, Job live) {
        return Ownership.controllerOf(pod)
                .map(controller -> !controller.uid().equals(live.metadata().uid()))
                .orElseGet(() -> !Selector.of(live.spec().selector()).matches(pod));
    }

    private static List<String> names(Pod pod) {
        if (!JobPods.isTracked(pod)) {
            return List.of();
        }
        OwnerReference controller = Ownership.controllerOf(pod).orElse(null);
        if (controller != null) {
            return isJob(controller) ? List.of(controller.name()) : List.of();
        }
        return NAME_LABELS.stream()
                .flatMap(label -> Stream.ofNullable(pod.metadata().labels().get(label)))
                .distinct()
                .toList();
    }

    private static boolean isJob(OwnerReference controller) {
        return controller.kind().equals(Job.TYPE.kind())
                && controller.apiVersion().equals(Job.TYPE.apiVersion());
    }
}
