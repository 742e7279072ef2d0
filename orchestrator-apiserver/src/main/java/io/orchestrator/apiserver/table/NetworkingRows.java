package io.orchestrator.apiserver.table;

import io.orchestrator.api.model.networking.Ingress;
import io.orchestrator.api.model.networking.IngressClass;
import io.orchestrator.api.model.networking.IngressClassParametersReference;
import io.orchestrator.api.model.networking.IngressRule;
import io.orchestrator.api.model.networking.NetworkPolicy;
import java.util.List;
import java.util.stream.Collectors;

/** Prints ingresses, their classes and network policies. */
final class NetworkingRows {
    private static final int SHOWN = 3;
    private static final String NONE = "<none>";

    private NetworkingRows() {}

    static RowPrinter<Ingress> ingresses() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.text("Class", "The class of controllers that serves it"),
                        Column.text("Hosts", "The names for which it has rules"),
                        Column.text("Address", "Where it can be reached"),
                        Column.text("Ports", "The ports that it serves"),
                        Column.age()),
                (object, now) -> List.of(
                        object.metadata().name(),
                        object.spec().ingressClassName() == null
                                ? NONE
                                : object.spec().ingressClassName(),
                        hosts(object.spec().rules()),
                        address(object),
                        object.spec().tls().isEmpty() ? "80" : "80, 443",
                        Age.of(object, now)));
    }

    private static String hosts(List<IngressRule> rules) {
        List<String> hosts = rules.stream()
                .map(IngressRule::host)
                .filter(host -> !host.isEmpty())
                .toList();
        if (hosts.isEmpty()) {
            return "*";
        }
        String list = hosts.stream().limit(SHOWN).collect(Collectors.joining(","));
        return hosts.size() > SHOWN ? list + " + " + (hosts.size() - SHOWN) + " more..." : list;
    }

    private static String address(Ingress ingress) {
        return ingress.status().loadBalancer().ingress().stream()
                .map(each -> each.ip().isEmpty() ? each.hostname() : each.ip())
                .filter(address -> !address.isEmpty())
                .collect(Collectors.joining(","));
    }

    static RowPrinter<IngressClass> ingressClasses() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within the cluster"),
                        Column.text("Controller", "The name of the controller"),
                        Column.text("Parameters", "An object with more settings"),
                        Column.age()),
                (object, now) -> List.of(
                        object.metadata().name(), object.spec().controller(), parameters(object), Age.of(object, now)));
    }

    private static String parameters(IngressClass type) {
        IngressClassParametersReference parameters = type.spec().parameters();
        if (parameters == null) {
            return NONE;
        }
        String group = parameters.apiGroup();
        return parameters.kind() + (group == null || group.isEmpty() ? "" : "." + group) + "/" + parameters.name();
    }

    static RowPrinter<NetworkPolicy> networkPolicies() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.text("Pod-Selector", "The pods that it is about"),
                        Column.age()),
                (object, now) -> List.of(
                        object.metadata().name(),
                        WorkloadRows.selector(object.spec().podSelector()),
                        Age.of(object, now)));
    }
}
