package io.orchestrator.core.network.dns;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.model.core.Protocol;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServicePort;
import io.orchestrator.api.model.core.ServiceType;
import io.orchestrator.api.model.discovery.Endpoint;
import io.orchestrator.api.model.discovery.EndpointPort;
import io.orchestrator.api.model.discovery.EndpointSlice;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;

/**
 * The records of one service, by name: a pure function of the service and its slices. Made for one service, and used up by
 * {@link #of}.
 */
final class ServiceRecords {
    /** Clients that keep answers for themselves ask again after so many seconds. */
    static final long TTL = 5;

    private static final String HEADLESS = "None";
    private static final int WEIGHT = 100;

    private final ClusterNames names;
    private final Name own;
    private final Map<Name, List<Record>> records = new LinkedHashMap<>();

    private ServiceRecords(ClusterNames names, Name own) {
        this.names = names;
        this.own = own;
    }

    /** @param slices those that name this service */
    static Map<Name, List<Record>> of(Service service, List<EndpointSlice> slices, ClusterNames names) {
        ServiceRecords made = new ServiceRecords(names, names.service(ObjectKey.of(service)));
        if (service.spec().type().equals(ServiceType.EXTERNAL_NAME)) {
            made.externalName(service.spec().externalName());
        } else if (service.spec().clusterIP().equals(HEADLESS)) {
            made.headless(slices);
        } else if (!service.spec().clusterIP().isEmpty()) {
            made.clusterAddresses(service);
        }
        return made.records;
    }

    private void externalName(String external) {
        ClusterNames.whole(external)
                .filter(target -> !target.equals(own))
                .ifPresent(target -> add(new CNAMERecord(own, DClass.IN, TTL, target)));
    }

    private void clusterAddresses(Service service) {
        List<String> addresses = service.spec().clusterIPs().isEmpty()
                ? List.of(service.spec().clusterIP())
                : service.spec().clusterIPs();
        for (String text : addresses) {
            ClusterNames.address(text).ifPresent(address -> {
                address(own, address);
                reverse(address, own);
            });
        }
        for (ServicePort port : service.spec().ports()) {
            port(port.name(), port.protocol(), port.port(), own);
        }
    }

    /** Without ready endpoints the name is there all the same, and has no addresses. */
    private void headless(List<EndpointSlice> slices) {
        records.put(own, new ArrayList<>());
        for (EndpointSlice slice : slices) {
            for (Endpoint endpoint : slice.endpoints()) {
                if (!Boolean.FALSE.equals(endpoint.conditions().ready())) {
                    endpoint(endpoint, slice.ports());
                }
            }
        }
    }

    private void endpoint(Endpoint endpoint, List<EndpointPort> ports) {
        String hostname = Objects.requireNonNullElse(endpoint.hostname(), "");
        for (String text : endpoint.addresses()) {
            Optional<InetAddress> found = ClusterNames.address(text);
            if (found.isEmpty()) {
                continue;
            }
            InetAddress address = found.get();
            Name host = ClusterNames.child(hostname.isEmpty() ? label(text) : hostname, own);
            address(own, address);
            address(host, address);
            if (!hostname.isEmpty()) {
                reverse(address, host);
            }
            for (EndpointPort port : ports) {
                Integer number = port.port();
                if (number != null) {
                    port(
                            Objects.requireNonNullElse(port.name(), ""),
                            Objects.requireNonNullElse(port.protocol(), Protocol.TCP),
                            number,
                            host);
                }
            }
        }
    }

    /** An address as a label, as pods without a name of their own have it. */
    static String label(String address) {
        return address.replace('.', '-').replace(':', '-');
    }

    private void address(Name name, InetAddress address) {
        add(
                address instanceof Inet4Address
                        ? new ARecord(name, DClass.IN, TTL, address)
                        : new AAAARecord(name, DClass.IN, TTL, address));
    }

    private void reverse(InetAddress address, Name target) {
        add(new PTRRecord(ClusterNames.reverse(address), DClass.IN, TTL, target));
    }

    /** Only ports with a name can be asked for. */
    private void port(String name, String protocol, int number, Name target) {
        if (!name.isEmpty()) {
            String transport = protocol.isEmpty() ? Protocol.TCP : protocol;
            Name asked =
                    ClusterNames.child("_" + name, ClusterNames.child("_" + transport.toLowerCase(Locale.ROOT), own));
            add(new SRVRecord(asked, DClass.IN, TTL, 0, WEIGHT, number, target));
        }
    }

    private void add(Record record) {
        List<Record> same = records.computeIfAbsent(record.getName(), name -> new ArrayList<>());
        if (!same.contains(record)) {
            same.add(record);
        }
    }
}
