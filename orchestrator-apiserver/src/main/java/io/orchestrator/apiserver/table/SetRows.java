package io.orchestrator.apiserver.table;

import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.core.Container;
import java.util.List;
import java.util.Locale;

/** Prints the kinds whose pods have places of their own, and their revisions. */
final class SetRows {
    private SetRows() {}

    static RowPrinter<StatefulSet> statefulSets() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.text("Ready", "Pods that are ready, of those wanted"),
                        Column.age(),
                        WorkloadRows.CONTAINERS,
                        WorkloadRows.IMAGES),
                (object, now) -> {
                    List<Container> containers = object.spec().template().spec().containers();
                    return List.of(
                            object.metadata().name(),
                            object.status().readyReplicas() + "/"
                                    + WorkloadRows.wanted(object.spec().replicas()),
                            Age.of(object, now),
                            WorkloadRows.names(containers),
                            WorkloadRows.images(containers));
                });
    }

    static RowPrinter<DaemonSet> daemonSets() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.number("Desired", "Nodes that should run the pod"),
                        Column.number("Current", "Nodes that run the pod and should"),
                        Column.number("Ready", "Nodes on which the pod is ready"),
                        Column.number("Up-to-date", "Nodes on which the pod follows the newest template"),
                        Column.number("Available", "Nodes on which the pod has been ready for long enough"),
                        Column.text("Node Selector", "Labels that a node must bear"),
                        Column.age(),
                        WorkloadRows.CONTAINERS,
                        WorkloadRows.IMAGES,
                        WorkloadRows.SELECTOR),
                (object, now) -> {
                    List<Container> containers = object.spec().template().spec().containers();
                    return List.of(
                            object.metadata().name(),
                            object.status().desiredNumberScheduled(),
                            object.status().currentNumberScheduled(),
                            object.status().numberReady(),
                            object.status().updatedNumberScheduled(),
                            object.status().numberAvailable(),
                            WorkloadRows.labels(object.spec().template().spec().nodeSelector()),
                            Age.of(object, now),
                            WorkloadRows.names(containers),
                            WorkloadRows.images(containers),
                            WorkloadRows.selector(object.spec().selector()));
                });
    }

    static RowPrinter<ControllerRevision> controllerRevisions() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.text("Controller", "The object whose revision it is"),
                        Column.text("Revision", "The number of the revision"),
                        Column.age()),
                (object, now) -> List.of(
                        object.metadata().name(),
                        object.metadata().ownerReferences().stream()
                                .filter(owner -> Boolean.TRUE.equals(owner.controller()))
                                .map(owner -> qualified(owner.kind(), owner.apiVersion()) + "/" + owner.name())
                                .findFirst()
                                .orElse("<none>"),
                        object.revision(),
                        Age.of(object, now)));
    }

    private static String qualified(String kind, String apiVersion) {
        int slash = apiVersion.indexOf('/');
        String lower = kind.toLowerCase(Locale.ROOT);
        return slash < 0 ? lower : lower + "." + apiVersion.substring(0, slash);
    }
}
