package io.orchestrator.apiserver.table;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.LimitRange;
import io.orchestrator.api.model.core.ResourceQuota;
import io.orchestrator.api.model.node.RuntimeClass;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.api.model.scheduling.PriorityClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prints what bounds pods. */
final class PolicyRows {
    static final Column CREATED_AT = new Column("Created At", "string", "", "When the object was created", 0);

    private PolicyRows() {}

    static RowPrinter<PodDisruptionBudget> disruptionBudgets() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.text("Min Available", "How many must stay available"),
                        Column.text("Max Unavailable", "How many may be unavailable"),
                        Column.number("Allowed Disruptions", "How many may be evicted now"),
                        Column.age()),
                (object, now) -> List.of(
                        object.metadata().name(),
                        share(object.spec().minAvailable()),
                        share(object.spec().maxUnavailable()),
                        object.status().disruptionsAllowed(),
                        Age.of(object, now)));
    }

    private static String share(@Nullable IntOrString value) {
        return value == null ? "N/A" : value.toString();
    }

    static RowPrinter<LimitRange> limitRanges() {
        return new RowPrinter<>(
                List.of(Column.name("Name, unique within a namespace"), CREATED_AT),
                (object, now) -> List.of(object.metadata().name(), createdAt(object)));
    }

    static String createdAt(Resource object) {
        return object.metadata().creationTimestamp() == null
                ? "<unknown>"
                : object.metadata().creationTimestamp().toString();
    }

    static RowPrinter<ResourceQuota> resourceQuotas() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.age(),
                        Column.text("Request", "What may be requested, and how much of it is"),
                        Column.text("Limit", "The limits that may be set, and how much of them is")),
                PolicyRows::quota);
    }

    private static List<Object> quota(ResourceQuota quota, Instant now) {
        List<String> requests = new ArrayList<>();
        List<String> limits = new ArrayList<>();
        new TreeMap<>(quota.status().hard()).forEach((resource, hard) -> {
            Quantity used = quota.status().used().getOrDefault(resource, Quantity.ZERO);
            (resource.startsWith("limits") ? limits : requests).add(resource + ": " + used + "/" + hard);
        });
        return List.of(
                quota.metadata().name(), Age.of(quota, now), String.join(", ", requests), String.join(", ", limits));
    }

    static RowPrinter<PriorityClass> priorityClasses() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within the cluster"),
                        Column.number("Value", "The importance"),
                        new Column("Global-Default", "boolean", "", "Whether it is for pods that name no class", 0),
                        Column.age(),
                        Column.text("PreemptionPolicy", "Whether such pods may drive out others")),
                (object, now) -> List.of(
                        object.metadata().name(),
                        object.value(),
                        object.globalDefault(),
                        Age.of(object, now),
                        object.preemptionPolicy() == null ? "" : object.preemptionPolicy()));
    }

    static RowPrinter<RuntimeClass> runtimeClasses() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within the cluster"),
                        Column.text("Handler", "The runtime on the node"),
                        Column.age()),
                (object, now) -> List.of(object.metadata().name(), object.handler(), Age.of(object, now)));
    }
}
