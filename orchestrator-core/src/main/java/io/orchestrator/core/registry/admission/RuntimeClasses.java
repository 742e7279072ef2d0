package io.orchestrator.core.registry.admission;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.Toleration;
import io.orchestrator.api.model.node.Overhead;
import io.orchestrator.api.model.node.RuntimeClass;
import io.orchestrator.api.model.node.Scheduling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A pod's runtime class must be there; it lends the pod its overhead and says on which nodes it may run. */
public final class RuntimeClasses implements Admission {
    @Override
    @SuppressWarnings("unchecked") // T is Pod where the object is one
    public <T extends Resource> T mutate(Request<T> request, T object, Lookup lookup) {
        boolean created = request.operation() == Operation.CREATE && request.isOfObject();
        return created && object instanceof Pod pod ? (T) complete(request, pod, lookup) : object;
    }

    private static Pod complete(Request<?> request, Pod pod, Lookup lookup) {
        PodSpec spec = pod.spec();
        String name = spec.runtimeClassName();
        if (name == null || name.isEmpty()) {
            if (!spec.overhead().isEmpty()) {
                throw request.denied(
                        "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
            }
            return pod;
        }
        RuntimeClass found = lookup.known(RuntimeClass.TYPE, "", name)
                .orElseThrow(() -> request.denied("pod rejected: RuntimeClass \"" + name + "\" not found"));
        PodSpecBuilder builder = PodSpecBuilder.builder(spec);
        Overhead overhead = found.overhead();
        Map<String, ?> fixed = overhead == null ? Map.of() : overhead.podFixed();
        if (!spec.overhead().isEmpty() && !spec.overhead().equals(fixed)) {
            throw request.denied("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
        if (overhead != null) {
            builder.overhead(overhead.podFixed());
        }
        Scheduling scheduling = found.scheduling();
        if (scheduling != null) {
            builder.nodeSelector(selector(request, spec.nodeSelector(), scheduling.nodeSelector()));
            builder.tolerations(tolerations(spec.tolerations(), scheduling.tolerations()));
        }
        return pod.withSpec(builder.build());
    }

    private static Map<String, String> selector(
            Request<?> request, Map<String, String> ofPod, Map<String, String> ofClass) {
        Map<String, String> all = new LinkedHashMap<>(ofPod);
        ofClass.forEach((key, value) -> {
            String known = all.putIfAbsent(key, value);
            if (known != null && !known.equals(value)) {
                throw request.denied("conflict: runtimeClass.scheduling.nodeSelector[" + key + "] = " + value
                        + "; pod.spec.nodeSelector[" + key + "] = " + known);
            }
        });
        return all;
    }

    private static List<Toleration> tolerations(List<Toleration> ofPod, List<Toleration> ofClass) {
        List<Toleration> all = new ArrayList<>(ofPod);
        ofClass.stream().filter(each -> !ofPod.contains(each)).forEach(all::add);
        return all;
    }
}
