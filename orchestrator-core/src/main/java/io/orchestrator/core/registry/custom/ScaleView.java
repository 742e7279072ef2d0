package io.orchestrator.core.registry.custom;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.api.model.apiextensions.CustomResourceSubresourceScale;
import io.orchestrator.api.model.autoscaling.Scale;
import io.orchestrator.api.model.autoscaling.ScaleSpec;
import io.orchestrator.api.model.autoscaling.ScaleStatus;
import io.orchestrator.core.registry.Subresource;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The replicas of a custom resource, where its definition says that they are. Immutable. */
final class ScaleView {
    private static final Set<String> VERBS = Set.of("get", "update", "patch");

    private final JsonPath wanted;
    private final JsonPath present;
    private final @Nullable JsonPath selector;

    ScaleView(CustomResourceSubresourceScale paths) {
        this.wanted = JsonPath.parse(paths.specReplicasPath());
        this.present = JsonPath.parse(paths.statusReplicasPath());
        String selects = paths.labelSelectorPath();
        this.selector = selects == null || selects.isEmpty() ? null : JsonPath.parse(selects);
    }

    Subresource<Unstructured, Scale> subresource() {
        return new Subresource.View<>("scale", Scale.TYPE, VERBS, this::read, this::write, wanted.names());
    }

    private Scale read(Unstructured object) {
        ObjectMeta metadata = object.metadata();
        String selects = selector == null
                ? ""
                : selector.findFirst(object).map(String::valueOf).orElse("");
        return new Scale(
                ObjectMetaBuilder.builder()
                        .name(metadata.name())
                        .namespace(metadata.namespace())
                        .uid(metadata.uid())
                        .resourceVersion(metadata.resourceVersion())
                        .creationTimestamp(metadata.creationTimestamp())
                        .build(),
                new ScaleSpec(number(wanted, object)),
                new ScaleStatus(number(present, object), selects));
    }

    private static int number(JsonPath path, Unstructured object) {
        return path.findFirst(object)
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).intValue())
                .orElse(0);
    }

    private Unstructured write(Unstructured object, Scale scale, Violations violations) {
        int replicas = scale.spec().replicas();
        if (replicas < 0) {
            violations.invalid(Path.of("spec").child("replicas"), replicas, "should be a non-negative integer");
        }
        return object.withFields(put(object.fields(), wanted.names(), (long) Math.max(0, replicas)));
    }

    private static Map<String, @Nullable Object> put(Map<?, ?> object, List<String> names, Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>();
        object.forEach((name, each) -> changed.put((String) name, each));
        String first = names.get(0);
        Object below = object.get(first);
        changed.put(
                first,
                names.size() == 1
                        ? value
                        : put(below instanceof Map<?, ?> map ? map : Map.of(), names.subList(1, names.size()), value));
        return changed;
    }
}
