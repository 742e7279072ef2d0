package io.orchestrator.apiserver.table;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.LabelSelectorRequirement;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.PodTemplate;
import io.orchestrator.api.model.core.ReplicationController;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Kinds that keep replicas of a pod. */
final class WorkloadRows {
    static final Column CONTAINERS =
            Column.text("Containers", "Names of the containers in the template").wide();
    static final Column IMAGES =
            Column.text("Images", "Images of the containers in the template").wide();
    static final Column SELECTOR =
            Column.text("Selector", "Labels by which pods are found").wide();

    private WorkloadRows() {}

    static RowPrinter<Deployment> deployments() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.text("Ready", "Pods that are ready, of those wanted"),
                        Column.text("Up-to-date", "Pods of the newest template"),
                        Column.text("Available", "Pods that have been ready for long enough"),
                        Column.age(),
                        CONTAINERS,
                        IMAGES,
                        SELECTOR),
                WorkloadRows::deployment);
    }

    private static List<Object> deployment(Deployment object, Instant now) {
        List<Container> containers = object.spec().template().spec().containers();
        return List.of(
                object.metadata().name(),
                object.status().readyReplicas() + "/" + wanted(object.spec().replicas()),
                String.valueOf(object.status().updatedReplicas()),
                String.valueOf(object.status().availableReplicas()),
                Age.of(object, now),
                names(containers),
                images(containers),
                selector(object.spec().selector()));
    }

    static RowPrinter<ReplicaSet> replicaSets() {
        return new RowPrinter<>(replicaColumns(), (object, now) -> {
            List<Container> containers = object.spec().template().spec().containers();
            return List.of(
                    object.metadata().name(),
                    wanted(object.spec().replicas()),
                    object.status().replicas(),
                    object.status().readyReplicas(),
                    Age.of(object, now),
                    names(containers),
                    images(containers),
                    selector(object.spec().selector()));
        });
    }

    static RowPrinter<ReplicationController> replicationControllers() {
        return new RowPrinter<>(replicaColumns(), (object, now) -> {
            var template = object.spec().template();
            List<Container> containers =
                    template == null ? List.of() : template.spec().containers();
            return List.of(
                    object.metadata().name(),
                    wanted(object.spec().replicas()),
                    object.status().replicas(),
                    object.status().readyReplicas(),
                    Age.of(object, now),
                    names(containers),
                    images(containers),
                    labels(object.spec().selector()));
        });
    }

    static RowPrinter<PodTemplate> podTemplates() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.text("Containers", "Names of the containers in the template"),
                        Column.text("Images", "Images of the containers in the template"),
                        Column.text("Pod Labels", "Labels that pods get")),
                (object, now) -> {
                    List<Container> containers = object.template().spec().containers();
                    return List.of(
                            object.metadata().name(),
                            names(containers),
                            images(containers),
                            labels(object.template().metadata().labels()));
                });
    }

    private static List<Column> replicaColumns() {
        return List.of(
                Column.name("Name, unique within a namespace"),
                Column.number("Desired", "Pods that shall be"),
                Column.number("Current", "Pods that are"),
                Column.number("Ready", "Pods that are ready"),
                Column.age(),
                CONTAINERS,
                IMAGES,
                SELECTOR);
    }

    static int wanted(@Nullable Integer replicas) {
        return replicas == null ? 1 : replicas;
    }

    static String names(List<Container> containers) {
        return containers.stream().map(Container::name).collect(Collectors.joining(","));
    }

    static String images(List<Container> containers) {
        return containers.stream().map(Container::image).collect(Collectors.joining(","));
    }

    static String labels(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return "<none>";
        }
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
    }

    static String selector(@Nullable LabelSelector selector) {
        if (selector == null
                || selector.matchLabels().isEmpty()
                        && selector.matchExpressions().isEmpty()) {
            return "<none>";
        }
        List<String> parts = new ArrayList<>();
        new TreeMap<>(selector.matchLabels()).forEach((key, value) -> parts.add(key + "=" + value));
        selector.matchExpressions().forEach(each -> parts.add(requirement(each)));
        return String.join(",", parts);
    }

    private static String requirement(LabelSelectorRequirement requirement) {
        String values = "(" + String.join(",", requirement.values()) + ")";
        return switch (requirement.operator()) {
            case "In" -> requirement.key() + " in " + values;
            case "NotIn" -> requirement.key() + " notin " + values;
            case "DoesNotExist" -> "!" + requirement.key();
            default -> requirement.key();
        };
    }
}
