package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Cause;
import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Binding;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodBuilder;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodConditionBuilder;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.PodStatusBuilder;
import io.orchestrator.core.registry.Failures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a pod on a node, once. */
final class Bindings {
    private static final String SCHEDULED = "PodScheduled";

    private Bindings() {}

    static Pod bind(Pod pod, Binding binding) {
        ObjectMeta metadata = pod.metadata();
        String node = binding.target().name();
        if (node.isEmpty()) {
            throw Failures.invalid(
                    Binding.TYPE,
                    metadata.name(),
                    List.of(new Cause("FieldValueRequired", "target.name", "Required value")));
        }
        String kind = binding.target().kind();
        if (!kind.isEmpty() && !kind.equals("Node")) {
            throw Failures.invalid(
                    Binding.TYPE,
                    metadata.name(),
                    List.of(new Cause(
                            "FieldValueNotSupported",
                            "target.kind",
                            "Unsupported value: \"" + kind + "\": supported values: \"Node\", \"<empty>\"")));
        }
        if (metadata.deletionTimestamp() != null) {
            throw conflict(pod, "pod " + metadata.name() + " is being deleted, cannot be assigned to a host");
        }
        if (!pod.spec().nodeName().isEmpty()) {
            throw conflict(
                    pod,
                    "pod " + metadata.name() + " is already assigned to node \""
                            + pod.spec().nodeName() + "\"");
        }
        if (!pod.spec().schedulingGates().isEmpty()) {
            throw conflict(pod, "pod " + metadata.name() + " has non-empty .spec.schedulingGates");
        }
        Map<String, String> annotations = new LinkedHashMap<>(metadata.annotations());
        annotations.putAll(binding.metadata().annotations());
        return PodBuilder.builder(pod)
                .metadata(ObjectMetaBuilder.builder(metadata)
                        .annotations(annotations)
                        // The binding is for this very pod and version, where it says so.
                        .uid(
                                binding.metadata().uid().isEmpty()
                                        ? metadata.uid()
                                        : binding.metadata().uid())
                        .build())
                .spec(PodSpecBuilder.builder(pod.spec()).nodeName(node).build())
                .status(PodStatusBuilder.builder(pod.status())
                        .conditions(scheduled(pod.status().conditions()))
                        .build())
                .build();
    }

    private static List<PodCondition> scheduled(List<PodCondition> conditions) {
        List<PodCondition> all = new ArrayList<>(conditions);
        all.removeIf(condition -> condition.type().equals(SCHEDULED));
        all.add(PodConditionBuilder.builder()
                .type(SCHEDULED)
                .status(ConditionStatus.TRUE)
                .build());
        return all;
    }

    private static ApiException conflict(Pod pod, String why) {
        return ApiException.conflict("", "pods/binding", pod.metadata().name(), why);
    }
}
