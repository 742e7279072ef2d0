package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.core.EndpointAddress;
import io.orchestrator.api.model.core.EndpointPort;
import io.orchestrator.api.model.core.EndpointSubset;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.discovery.Endpoint;
import io.orchestrator.api.model.discovery.EndpointSlice;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of endpoints. */
public final class EndpointsValidation {
    private static final List<String> ADDRESS_TYPES = List.of("FQDN", "IPv4", "IPv6");
    private static final int MAX_ENDPOINTS = 1000;
    private static final int MAX_ADDRESSES = 100;
    private static final int MAX_PORTS = 20_000;

    private EndpointsValidation() {}

    public static void endpoints(Endpoints endpoints, Violations violations) {
        for (int i = 0; i < endpoints.subsets().size(); i++) {
            EndpointSubset subset = endpoints.subsets().get(i);
            Path at = Path.of("subsets").index(i);
            if (subset.addresses().isEmpty() && subset.notReadyAddresses().isEmpty()) {
                violations.required(at, "must specify `addresses` or `notReadyAddresses`");
            }
            addresses(subset.addresses(), at.child("addresses"), violations);
            addresses(subset.notReadyAddresses(), at.child("notReadyAddresses"), violations);
            for (int p = 0; p < subset.ports().size(); p++) {
                port(
                        subset.ports().get(p),
                        subset.ports().size() > 1,
                        at.child("ports").index(p),
                        violations);
            }
        }
    }

    private static void addresses(List<EndpointAddress> addresses, Path field, Violations violations) {
        for (int i = 0; i < addresses.size(); i++) {
            if (!Check.isIp(addresses.get(i).ip())) {
                violations.invalid(
                        field.index(i).child("ip"),
                        addresses.get(i).ip(),
                        "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            }
        }
    }

    private static void port(EndpointPort port, boolean named, Path field, Violations violations) {
        if (!port.name().isEmpty()) {
            violations.invalid(field.child("name"), port.name(), Names.dnsLabel(port.name()));
        } else if (named) {
            violations.required(field.child("name"));
        }
        Check.port(field.child("port"), port.port(), violations);
        violations.oneOf(field.child("protocol"), port.protocol(), Check.PROTOCOLS);
    }

    public static void slice(EndpointSlice slice, Violations violations) {
        if (slice.addressType().isEmpty()) {
            violations.required(Path.of("addressType"));
        } else {
            violations.oneOf(Path.of("addressType"), slice.addressType(), ADDRESS_TYPES);
        }
        if (slice.endpoints().size() > MAX_ENDPOINTS) {
            violations.tooMany(Path.of("endpoints"), slice.endpoints().size(), MAX_ENDPOINTS);
        }
        for (int i = 0; i < slice.endpoints().size(); i++) {
            endpoint(
                    slice.endpoints().get(i),
                    slice.addressType(),
                    Path.of("endpoints").index(i),
                    violations);
        }
        slicePorts(slice, violations);
    }

    private static void endpoint(Endpoint endpoint, String type, Path field, Violations violations) {
        Path at = field.child("addresses");
        if (endpoint.addresses().isEmpty()) {
            violations.required(at, "must contain at least 1 address");
        } else if (endpoint.addresses().size() > MAX_ADDRESSES) {
            violations.tooMany(at, endpoint.addresses().size(), MAX_ADDRESSES);
        }
        for (int i = 0; i < endpoint.addresses().size(); i++) {
            String address = endpoint.addresses().get(i);
            switch (type) {
                case "IPv4" -> {
                    if (!Check.isIpv4(address)) {
                        violations.invalid(at.index(i), address, "must be a valid IPv4 address");
                    }
                }
                case "IPv6" -> {
                    if (!Check.isIpv6(address)) {
                        violations.invalid(at.index(i), address, "must be a valid IPv6 address");
                    }
                }
                case "FQDN" -> violations.invalid(at.index(i), address, Names.dnsSubdomain(address));
                default -> {}
            }
        }
        if (endpoint.hostname() != null) {
            violations.invalid(field.child("hostname"), endpoint.hostname(), Names.dnsLabel(endpoint.hostname()));
        }
    }

    private static void slicePorts(EndpointSlice slice, Violations violations) {
        Set<String> names = new HashSet<>();
        if (slice.ports().size() > MAX_PORTS) {
            violations.tooMany(Path.of("ports"), slice.ports().size(), MAX_PORTS);
        }
        for (int i = 0; i < slice.ports().size(); i++) {
            io.orchestrator.api.model.discovery.EndpointPort port =
                    slice.ports().get(i);
            Path at = Path.of("ports").index(i);
            String name = port.name() == null ? "" : port.name();
            if (!name.isEmpty()) {
                violations.invalid(at.child("name"), name, Names.dnsLabel(name));
            }
            if (!names.add(name)) {
                violations.duplicate(at.child("name"), name);
            }
            if (port.protocol() == null) {
                violations.required(at.child("protocol"));
            } else {
                violations.oneOf(at.child("protocol"), port.protocol(), Check.PROTOCOLS);
            }
            if (port.port() != null) {
                Check.port(at.child("port"), port.port(), violations);
            }
        }
    }

    public static void sliceUpdate(EndpointSlice wanted, EndpointSlice current, Violations violations) {
        Check.immutable(Path.of("addressType"), wanted.addressType(), current.addressType(), violations);
    }
}
