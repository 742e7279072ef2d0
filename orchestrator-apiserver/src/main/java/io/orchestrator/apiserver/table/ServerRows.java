package io.orchestrator.apiserver.table;

import io.orchestrator.api.model.apiregistration.APIService;
import io.orchestrator.api.model.apiregistration.APIServiceCondition;
import io.orchestrator.api.model.apiregistration.ServiceReference;
import io.orchestrator.api.model.core.ComponentCondition;
import io.orchestrator.api.model.core.ComponentStatus;
import io.orchestrator.api.model.flowcontrol.FlowDistinguisherMethod;
import io.orchestrator.api.model.flowcontrol.FlowSchema;
import io.orchestrator.api.model.flowcontrol.LimitedPriorityLevelConfiguration;
import io.orchestrator.api.model.flowcontrol.PriorityLevelConfiguration;
import io.orchestrator.api.model.flowcontrol.QueuingConfiguration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints what is about the server itself: whose requests come first, which versions are served by whom, how it fares. */
final class ServerRows {
    private static final String NONE = "<none>";
    private static final String NAME = "Name, unique within the cluster";

    private ServerRows() {}

    static RowPrinter<FlowSchema> flowSchemas() {
        return new RowPrinter<>(
                List.of(
                        Column.name(NAME),
                        Column.text("PriorityLevel", "The level at which the requests are served"),
                        Column.number("MatchingPrecedence", "Of the schemas that match the lowest counts"),
                        Column.text("DistinguisherMethod", "What tells the flows apart"),
                        Column.age(),
                        Column.text("MissingPL", "Whether there is no such level")),
                (object, now) -> {
                    FlowDistinguisherMethod method = object.spec().distinguisherMethod();
                    String missing = object.status().conditions().stream()
                            .filter(condition -> condition.type().equals("Dangling"))
                            .map(condition -> condition.status())
                            .findFirst()
                            .orElse("?");
                    return List.of(
                            object.metadata().name(),
                            object.spec().priorityLevelConfiguration().name(),
                            object.spec().matchingPrecedence(),
                            method == null ? NONE : method.type(),
                            Age.of(object, now),
                            missing);
                });
    }

    static RowPrinter<PriorityLevelConfiguration> priorityLevels() {
        return new RowPrinter<>(
                List.of(
                        Column.name(NAME),
                        Column.text("Type", "Whether there are limits"),
                        Column.text("NominalConcurrencyShares", "The level's part of the seats"),
                        Column.text("Queues", "The number of queues"),
                        Column.text("HandSize", "Among how many queues a flow may choose"),
                        Column.text("QueueLengthLimit", "How many requests may wait in one"),
                        Column.age()),
                (object, now) -> {
                    LimitedPriorityLevelConfiguration limited = object.spec().limited();
                    QueuingConfiguration queuing =
                            limited == null ? null : limited.limitResponse().queuing();
                    return List.of(
                            object.metadata().name(),
                            object.spec().type(),
                            limited == null ? NONE : text(limited.nominalConcurrencyShares()),
                            queuing == null ? NONE : text(queuing.queues()),
                            queuing == null ? NONE : text(queuing.handSize()),
                            queuing == null ? NONE : text(queuing.queueLengthLimit()),
                            Age.of(object, now));
                });
    }

    private static String text(@Nullable Integer number) {
        return number == null ? NONE : number.toString();
    }

    static RowPrinter<APIService> apiServices() {
        return new RowPrinter<>(
                List.of(
                        Column.name(NAME),
                        Column.text("Service", "Who serves the version"),
                        Column.text("Available", "Whether it is served"),
                        Column.age()),
                (object, now) -> {
                    ServiceReference service = object.spec().service();
                    return List.of(
                            object.metadata().name(),
                            service == null ? "Local" : service.namespace() + "/" + service.name(),
                            available(object),
                            Age.of(object, now));
                });
    }

    private static String available(APIService service) {
        Optional<APIServiceCondition> condition = service.status().conditions().stream()
                .filter(each -> each.type().equals("Available"))
                .findFirst();
        return condition
                .map(each -> each.status().equals("True") ? each.status() : each.status() + " (" + each.reason() + ")")
                .orElse("Unknown");
    }

    static RowPrinter<ComponentStatus> componentStatuses() {
        return new RowPrinter<>(
                List.of(
                        Column.name(NAME),
                        Column.text("Status", "How it fares"),
                        Column.text("Message", "What it says"),
                        Column.text("Error", "What is wrong with it")),
                (object, now) -> {
                    Optional<ComponentCondition> healthy = object.conditions().stream()
                            .filter(condition -> condition.type().equals("Healthy"))
                            .findFirst();
                    String status = healthy.map(condition -> switch (condition.status()) {
                                case "True" -> "Healthy";
                                case "False" -> "Unhealthy";
                                default -> "Unknown";
                            })
                            .orElse("Unknown");
                    return List.of(
                            object.metadata().name(),
                            status,
                            healthy.map(ComponentCondition::message).orElse(""),
                            healthy.map(ComponentCondition::error).orElse(""));
                });
    }
}
