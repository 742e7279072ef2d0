package io.orchestrator.core.control.job;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.EnvVar;
import io.orchestrator.api.model.core.EnvVarBuilder;
import io.orchestrator.api.model.core.EnvVarSourceBuilder;
import io.orchestrator.api.model.core.ObjectFieldSelectorBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.core.control.pods.Ownership;
import io.orchestrator.core.control.pods.PodFactory;
import io.orchestrator.core.control.pods.SafeNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes the pods of a job. Their names follow from the job, the index and the number of the try. */
final class JobPodFactory {
    private static final String INDEX_VARIABLE = "JOB_COMPLETION_INDEX";
    private static final int MAX_HOSTNAME_LENGTH = 63;

    private final Job job;
    private final Predicate<String> taken;

    /** @param taken whether some pod bears the name already */
    JobPodFactory(Job job, Predicate<String> taken) {
        this.job = job;
        this.taken = taken;
    }

    /** So many pods without an index. */
    List<Pod> pods(int count) {
        List<Pod> pods = new ArrayList<>();
        for (int slot = 0; pods.size() < count; slot++) {
            String name = SafeNames.slot(job.metadata().name(), job.metadata().uid(), slot);
            if (!taken.test(name)) {
                pods.add(tracked(name));
            }
        }
        return pods;
    }

    /** @param predecessor the failed pod of that index that it takes the place of */
    Pod pod(int index, boolean countsFailures, @Nullable Pod predecessor, boolean counted) {
        String base = job.metadata().name() + "-" + index;
        int slot = 0;
        String name = SafeNames.slot(base, job.metadata().uid(), slot);
        while (taken.test(name)) {
            name = SafeNames.slot(base, job.metadata().uid(), ++slot);
        }
        Pod pod = tracked(name);
        Map<String, String> labels = new LinkedHashMap<>(pod.metadata().labels());
        labels.put(JobPods.INDEX, Integer.toString(index));
        Map<String, String> annotations = new LinkedHashMap<>(pod.metadata().annotations());
        annotations.put(JobPods.INDEX, Integer.toString(index));
        if (countsFailures) {
            int failures = predecessor == null ? 0 : JobPods.failuresBefore(predecessor) + (counted ? 1 : 0);
            int ignored = predecessor == null ? 0 : JobPods.ignoredFailuresBefore(predecessor) + (counted ? 0 : 1);
            annotations.put(JobPods.FAILURES, Integer.toString(failures));
            if (ignored > 0) {
                annotations.put(JobPods.IGNORED_FAILURES, Integer.toString(ignored));
            }
        }
        ObjectMeta metadata = ObjectMetaBuilder.builder(pod.metadata())
                .labels(labels)
                .annotations(annotations)
                .build();
        return pod.withMetadata(metadata).withSpec(indexed(pod.spec(), base));
    }

    private Pod tracked(String name) {
        Pod pod = PodFactory.fromTemplate(
                job.spec().template(), job.metadata().namespace(), name, Ownership.referenceTo(job, Job.TYPE));
        List<String> finalizers = new ArrayList<>(pod.metadata().finalizers());
        finalizers.remove(JobPods.FINALIZER);
        finalizers.add(JobPods.FINALIZER);
        return pod.withMetadata(pod.metadata().withFinalizers(finalizers));
    }

    private static PodSpec indexed(PodSpec spec, String hostname) {
        String shortened = hostname.substring(0, Math.min(hostname.length(), MAX_HOSTNAME_LENGTH));
        return PodSpecBuilder.builder(spec)
                .containers(
                        spec.containers().stream().map(JobPodFactory::indexed).toList())
                .initContainers(spec.initContainers().stream()
                        .map(JobPodFactory::indexed)
                        .toList())
                .hostname(spec.hostname().isEmpty() ? shortened : spec.hostname())
                .build();
    }

    private static Container indexed(Container container) {
        if (container.env().stream().anyMatch(variable -> variable.name().equals(INDEX_VARIABLE))) {
            return container;
        }
        List<EnvVar> environment = new ArrayList<>(container.env());
        environment.add(EnvVarBuilder.builder()
                .name(INDEX_VARIABLE)
                .valueFrom(EnvVarSourceBuilder.builder()
                        .fieldRef(ObjectFieldSelectorBuilder.builder()
                                .apiVersion("v1")
                                .fieldPath("metadata.labels['" + JobPods.INDEX + "']")
                                .build())
                        .build())
                .build());
        return container.withEnv(environment);
    }
}
