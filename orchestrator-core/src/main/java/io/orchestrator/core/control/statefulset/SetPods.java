package io.orchestrator.core.control.statefulset;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimVolumeSourceBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.api.model.core.VolumeBuilder;
import io.orchestrator.core.control.pods.Ownership;
import io.orchestrator.core.control.pods.PodFactory;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The pods of a StatefulSet: their names, numbers and claims. */
final class SetPods {
    static final String REVISION = "controller-revision-hash";
    static final int NO_ORDINAL = -1;

    private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
    private static final String POD_INDEX = "apps.kubernetes.io/pod-index";

    private SetPods() {}

    /** The number in the pod's name; {@link #NO_ORDINAL} when the name is not one of this set's. */
    static int ordinal(StatefulSet set, Pod pod) {
        String prefix = set.metadata().name() + "-";
        String name = pod.metadata().name();
        if (!name.startsWith(prefix)) {
            return NO_ORDINAL;
        }
        String number = name.substring(prefix.length());
        boolean canonical = number.matches("0|[1-9][0-9]{0,8}");
        return canonical ? Integer.parseInt(number) : NO_ORDINAL;
    }

    static String revision(Pod pod) {
        return pod.metadata().labels().getOrDefault(REVISION, "");
    }

    static boolean isRunningAndReady(Pod pod) {
        return pod.status().phase().equals(PodPhase.RUNNING) && PodFacts.isReady(pod);
    }

    /** Has been ready for long enough, and is to stay. */
    static boolean isHealthy(StatefulSet set, Pod pod, Instant now) {
        return pod.metadata().deletionTimestamp() == null
                && isRunningAndReady(pod)
                && PodFacts.isAvailable(pod, set.spec().minReadySeconds(), now);
    }

    static boolean isTerminating(Pod pod) {
        return pod.metadata().deletionTimestamp() != null;
    }

    static Pod make(StatefulSet set, int ordinal, PodTemplateSpec template, String revision) {
        String name = set.metadata().name() + "-" + ordinal;
        Pod pod = PodFactory.fromTemplate(
                template, set.metadata().namespace(), name, Ownership.referenceTo(set, StatefulSet.TYPE));
        Map<String, String> labels = new LinkedHashMap<>(pod.metadata().labels());
        labels.put(REVISION, revision);
        PodSpec spec = PodSpecBuilder.builder(pod.spec())
                .hostname(name)
                .subdomain(set.spec().serviceName())
                .volumes(volumes(set, ordinal, pod.spec().volumes()))
                .build();
        Pod made = pod.withMetadata(pod.metadata().withLabels(labels)).withSpec(spec);
        return made.withMetadata(identified(made, ordinal));
    }

    /** The metadata with the labels that tell who the pod is. */
    static ObjectMeta identified(Pod pod, int ordinal) {
        Map<String, String> labels = new LinkedHashMap<>(pod.metadata().labels());
        labels.put(POD_NAME, pod.metadata().name());
        labels.put(POD_INDEX, Integer.toString(ordinal));
        return ObjectMetaBuilder.builder(pod.metadata()).labels(labels).build();
    }

    static String claimName(StatefulSet set, PersistentVolumeClaim template, int ordinal) {
        return template.metadata().name() + "-" + set.metadata().name() + "-" + ordinal;
    }

    /** The claims stand in for volumes of their name. */
    private static List<Volume> volumes(StatefulSet set, int ordinal, List<Volume> given) {
        List<PersistentVolumeClaim> templates = set.spec().volumeClaimTemplates();
        Set<String> claimed =
                templates.stream().map(template -> template.metadata().name()).collect(Collectors.toSet());
        List<Volume> volumes = new ArrayList<>();
        for (PersistentVolumeClaim template : templates) {
            volumes.add(VolumeBuilder.builder()
                    .name(template.metadata().name())
                    .persistentVolumeClaim(PersistentVolumeClaimVolumeSourceBuilder.builder()
                            .claimName(claimName(set, template, ordinal))
                            .build())
                    .build());
        }
        given.stream().filter(volume -> !claimed.contains(volume.name())).forEach(volumes::add);
        return volumes;
    }
}
