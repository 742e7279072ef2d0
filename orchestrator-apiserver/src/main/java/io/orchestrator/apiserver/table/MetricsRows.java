package io.orchestrator.apiserver.table;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.metrics.NodeMetrics;
import io.orchestrator.api.model.metrics.PodMetrics;
import java.util.List;

/** Prints what pods and nodes use. */
final class MetricsRows {
    private static final List<Column> COLUMNS = List.of(
            Column.name("Name, unique within a namespace"),
            Column.text("cpu", "What is used of CPU, on average over the window"),
            Column.text("memory", "The working set"),
            Column.text("Window", "How long was measured"));

    private MetricsRows() {}

    static RowPrinter<PodMetrics> pods() {
        return new RowPrinter<>(
                COLUMNS,
                (pod, now) -> List.of(
                        pod.metadata().name(),
                        pod.total("cpu").toString(),
                        pod.total("memory").toString(),
                        pod.window()));
    }

    static RowPrinter<NodeMetrics> nodes() {
        return new RowPrinter<>(
                COLUMNS,
                (node, now) -> List.of(
                        node.metadata().name(),
                        node.usage().getOrDefault("cpu", Quantity.ZERO).toString(),
                        node.usage().getOrDefault("memory", Quantity.ZERO).toString(),
                        node.window()));
    }
}
