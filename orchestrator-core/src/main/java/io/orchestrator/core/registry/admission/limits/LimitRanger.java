package io.orchestrator.core.registry.admission.limits;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerBuilder;
import io.orchestrator.api.model.core.LimitRange;
import io.orchestrator.api.model.core.LimitRangeItem;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.ResourceRequirements;
import io.orchestrator.api.model.core.ResourceRequirementsBuilder;
import io.orchestrator.core.registry.admission.Admission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** New pods get the defaults of the namespace's limit ranges, and pods and claims must be within their bounds. */
public final class LimitRanger implements Admission {
    private static final String NOTE = "kubernetes.io/limit-ranger";
    private static final String CONTAINER = "Container";

    @Override
    @SuppressWarnings("unchecked") // T is Pod where the object is one
    public <T extends Resource> T mutate(Request<T> request, T object, Lookup lookup) {
        boolean created = request.operation() == Operation.CREATE && request.isOfObject();
        return created && object instanceof Pod pod ? (T) completed(pod, request.namespace(), lookup) : object;
    }

    private static Pod completed(Pod pod, String namespace, Lookup lookup) {
        List<LimitRangeItem> items = items(CONTAINER, namespace, lookup);
        if (items.isEmpty()) {
            return pod;
        }
        List<String> notes = new ArrayList<>();
        List<Container> containers = completed(pod.spec().containers(), items, "container", notes);
        List<Container> initContainers = completed(pod.spec().initContainers(), items, "init container", notes);
        if (notes.isEmpty()) {
            return pod;
        }
        return pod.withSpec(PodSpecBuilder.builder(pod.spec())
                        .containers(containers)
                        .initContainers(initContainers)
                        .build())
                .withMetadata(
                        pod.metadata().withAnnotation(NOTE, "LimitRanger plugin set: " + String.join("; ", notes)));
    }

    private static List<Container> completed(
            List<Container> containers, List<LimitRangeItem> items, String what, List<String> notes) {
        return containers.stream()
                .map(container -> completed(container, items, what, notes))
                .toList();
    }

    private static Container completed(
            Container container, List<LimitRangeItem> items, String what, List<String> notes) {
        Map<String, Quantity> limits = new LinkedHashMap<>(container.resources().limits());
        Map<String, Quantity> requests =
                new LinkedHashMap<>(container.resources().requests());
        List<String> setRequests = new ArrayList<>();
        List<String> setLimits = new ArrayList<>();
        for (LimitRangeItem item : items) {
            add(item.defaultRequest(), requests, setRequests);
            add(item.defaults(), limits, setLimits);
        }
        if (!setRequests.isEmpty()) {
            notes.add(String.join(", ", setRequests) + " request for " + what + " " + container.name());
        }
        if (!setLimits.isEmpty()) {
            notes.add(String.join(", ", setLimits) + " limit for " + what + " " + container.name());
        }
        ResourceRequirements resources = ResourceRequirementsBuilder.builder(container.resources())
                .limits(limits)
                .requests(requests)
                .build();
        return setRequests.isEmpty() && setLimits.isEmpty()
                ? container
                : ContainerBuilder.builder(container).resources(resources).build();
    }

    private static void add(Map<String, Quantity> defaults, Map<String, Quantity> own, List<String> set) {
        defaults.forEach((name, quantity) -> {
            if (own.putIfAbsent(name, quantity) == null) {
                set.add(name);
            }
        });
    }

    @Override
    public <T extends Resource> void check(Request<T> request, Lookup lookup) {
        T object = request.object();
        boolean resized = request.subresource().equals("resize");
        boolean whole = request.operation() != Operation.DELETE && request.isOfObject();
        if (!(whole || resized) || object == null) {
            return;
        }
        List<String> faults = new ArrayList<>();
        if (object instanceof Pod pod && (resized || request.operation() == Operation.CREATE)) {
            List<LimitRangeItem> ofContainers = items(CONTAINER, request.namespace(), lookup);
            for (LimitRangeItem item : ofContainers) {
                PodAmounts.each(pod, amounts -> Bounds.check(item, amounts, faults));
            }
            for (LimitRangeItem item : items("Pod", request.namespace(), lookup)) {
                Bounds.check(item, PodAmounts.ofPod(pod), faults);
            }
        } else if (object instanceof PersistentVolumeClaim claim) {
            Map<String, Quantity> requests = claim.spec().resources().requests();
            for (LimitRangeItem item : items("PersistentVolumeClaim", request.namespace(), lookup)) {
                Bounds.checkRequests(item, requests, faults);
            }
        }
        if (!faults.isEmpty()) {
            throw refusal(request, faults);
        }
    }

    private static ApiException refusal(Request<?> request, List<String> faults) {
        return request.denied(faults.size() == 1 ? faults.get(0) : "[" + String.join(", ", faults) + "]");
    }

    private static List<LimitRangeItem> items(String type, String namespace, Lookup lookup) {
        List<LimitRangeItem> items = new ArrayList<>();
        for (LimitRange range : lookup.list(LimitRange.TYPE, namespace)) {
            range.spec().limits().stream()
                    .filter(item -> item.type().equals(type))
                    .forEach(items::add);
        }
        return items;
    }
}
