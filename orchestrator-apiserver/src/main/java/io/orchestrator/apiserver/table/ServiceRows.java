package io.orchestrator.apiserver.table;

import io.orchestrator.api.model.core.EndpointAddress;
import io.orchestrator.api.model.core.EndpointPort;
import io.orchestrator.api.model.core.EndpointSubset;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.LoadBalancerIngress;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServicePort;
import io.orchestrator.api.model.discovery.EndpointSlice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Services and where they lead. */
final class ServiceRows {
    private static final int SHOWN = 3;
    private static final String NONE = "<none>";

    private ServiceRows() {}

    static RowPrinter<Service> services() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.text("Type", "How the service is reached"),
                        Column.text("Cluster-IP", "The service's address within the cluster"),
                        Column.text("External-IP", "Addresses from outside"),
                        Column.text("Port(s)", "Ports, node ports and protocols"),
                        Column.age(),
                        Column.text("Selector", "Labels of the pods behind it").wide()),
                ServiceRows::service);
    }

    private static List<Object> service(Service object, Instant now) {
        String ip = object.spec().clusterIP();
        return List.of(
                object.metadata().name(),
                object.spec().type(),
                ip.isEmpty() ? NONE : ip,
                external(object),
                ports(object.spec().ports()),
                Age.of(object, now),
                WorkloadRows.labels(object.spec().selector()));
    }

    private static String external(Service object) {
        List<String> fixed = object.spec().externalIPs();
        return switch (object.spec().type()) {
            case "ExternalName" -> object.spec().externalName();
            case "LoadBalancer" -> {
                List<String> assigned = Stream.concat(
                                object.status().loadBalancer().ingress().stream()
                                        .map(ServiceRows::address),
                                fixed.stream())
                        .toList();
                yield assigned.isEmpty() ? "<pending>" : String.join(",", assigned);
            }
            default -> fixed.isEmpty() ? NONE : String.join(",", fixed);
        };
    }

    private static String address(LoadBalancerIngress ingress) {
        return ingress.ip().isEmpty() ? ingress.hostname() : ingress.ip();
    }

    private static String ports(List<ServicePort> ports) {
        if (ports.isEmpty()) {
            return NONE;
        }
        return ports.stream()
                .map(port -> port.nodePort() > 0
                        ? port.port() + ":" + port.nodePort() + "/" + port.protocol()
                        : port.port() + "/" + port.protocol())
                .collect(Collectors.joining(","));
    }

    static RowPrinter<Endpoints> endpoints() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.text("Endpoints", "Addresses and ports that answer"),
                        Column.age()),
                (object, now) ->
                        List.of(object.metadata().name(), listed(addressesOf(object.subsets())), Age.of(object, now)));
    }

    private static List<String> addressesOf(List<EndpointSubset> subsets) {
        List<String> all = new ArrayList<>();
        for (EndpointSubset subset : subsets) {
            for (EndpointAddress address : subset.addresses()) {
                if (subset.ports().isEmpty()) {
                    all.add(address.ip());
                }
                for (EndpointPort port : subset.ports()) {
                    all.add(address.ip() + ":" + port.port());
                }
            }
        }
        return all;
    }

    static RowPrinter<EndpointSlice> endpointSlices() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.text("AddressType", "What kind of addresses"),
                        Column.text("Ports", "Ports on every address"),
                        Column.text("Endpoints", "Addresses"),
                        Column.age()),
                (object, now) -> List.of(
                        object.metadata().name(),
                        object.addressType(),
                        slicePorts(object),
                        listed(object.endpoints().stream()
                                .flatMap(each -> each.addresses().stream().limit(1))
                                .toList()),
                        Age.of(object, now)));
    }

    private static String slicePorts(EndpointSlice slice) {
        List<String> ports = slice.ports().stream()
                .map(port -> port.port() == null ? "*" : String.valueOf(port.port()))
                .toList();
        return ports.isEmpty() ? "<unset>" : some(ports);
    }

    private static String listed(List<String> all) {
        return all.isEmpty() ? NONE : some(all);
    }

    private static String some(List<String> all) {
        String shown = all.stream().limit(SHOWN).collect(Collectors.joining(","));
        return all.size() <= SHOWN ? shown : shown + " + " + (all.size() - SHOWN) + " more...";
    }
}
