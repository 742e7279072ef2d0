package io.orchestrator.core.registry.address;

import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePort;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpec;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Cluster IPs from one block and node ports from one range, chosen by chance where none is asked for. The state is in memory, rebuilt by {@link
 * #repair}; so one control plane at a time may use it on one store. Thread-safe: one lock, no call out of it.
 */
public final class RangeAllocator implements AddressAllocator {
    private static final Path SPEC = Path.of("spec");
    private static final String HEADLESS = "None";
    /** The first address of the block is kept for the service that leads to the API. */
    private static final int OF_THE_API = 1;

    private final Ipv4Block block;
    private final int firstPort;
    private final int lastPort;
    private final RandomGenerator random;
    private final Object lock = new Object();
    private final AddressRange addresses;
    private final AddressRange ports;

    /** @param cidr the block of cluster IPs, such as {@code 10.96.0.0/12} */
    public RangeAllocator(String cidr, int firstPort, int lastPort, RandomGenerator random) {
        this.block = Ipv4Block.parse(cidr);
        this.firstPort = firstPort;
        this.lastPort = lastPort;
        this.random = random;
        this.addresses = new AddressRange(block.size(), OF_THE_API);
        this.ports = new AddressRange(lastPort - firstPort + 1, 0);
    }

    /** The first address of a block, which a service has only if it asks for it. @param cidr as for the constructor */
    public static String first(String cidr) {
        return Ipv4Block.parse(cidr).address(0);
    }

    /** Kubernetes' own ranges. */
    public static RangeAllocator standard(RandomGenerator random) {
        return new RangeAllocator("10.96.0.0/12", 30_000, 32_767, random);
    }

    @Override
    public Service reserve(@Nullable Service current, Service wanted, Violations violations) {
        Holding held = Holding.of(current);
        ServiceSpecBuilder spec = ServiceSpecBuilder.builder(wanted.spec());
        int before = violations.count();
        synchronized (lock) {
            address(held, wanted.spec(), spec, violations);
            if (violations.count() > before) {
                return wanted;
            }
            nodePorts(held, wanted.spec(), spec, violations);
            if (violations.count() > before) {
                String address = spec.clusterIP();
                int index = block.index(address);
                if (!address.equals(held.address()) && addresses.has(index)) {
                    addresses.free(index);
                }
                return wanted;
            }
        }
        return ServiceBuilder.builder(wanted).spec(spec.build()).build();
    }

    private void address(Holding held, ServiceSpec wanted, ServiceSpecBuilder spec, Violations violations) {
        if (wanted.type().equals("ExternalName")) {
            boolean unchanged = wanted.clusterIP().equals(held.address());
            spec.clusterIP(unchanged ? "" : wanted.clusterIP());
            spec.clusterIPs(unchanged ? List.of() : wanted.clusterIPs());
            return;
        }
        String asked = wanted.clusterIP().isEmpty() && !wanted.clusterIPs().isEmpty()
                ? wanted.clusterIPs().get(0)
                : wanted.clusterIP();
        String given = asked.isEmpty() ? anyAddress(violations) : asked;
        if (!asked.isEmpty() && !asked.equals(HEADLESS) && !asked.equals(held.address())) {
            takeAddress(asked, violations);
        }
        spec.clusterIP(given);
        if (wanted.clusterIPs().isEmpty() && !given.isEmpty()) {
            spec.clusterIPs(List.of(given));
        }
    }

    private String anyAddress(Violations violations) {
        OptionalInt index = addresses.takeAny(random);
        if (index.isEmpty()) {
            violations.invalid(SPEC.child("clusterIPs"), List.of(), "failed to allocate a cluster IP: range is full");
            return "";
        }
        return block.address(index.getAsInt());
    }

    private void takeAddress(String address, Violations violations) {
        int index = block.index(address);
        if (!addresses.has(index)) {
            violations.invalid(
                    SPEC.child("clusterIPs"),
                    List.of(address),
                    "failed to allocate IP " + address
                            + ": the provided IP is not in the valid range. The range of valid IPs is "
                            + block.address(0) + "-" + block.address(block.size() - 1));
        } else if (!addresses.take(index)) {
            violations.invalid(
                    SPEC.child("clusterIPs"),
                    List.of(address),
                    "failed to allocate IP " + address + ": provided IP is already allocated");
        }
    }

    private void nodePorts(Holding held, ServiceSpec wanted, ServiceSpecBuilder spec, Violations violations) {
        boolean published = published(wanted);
        boolean assigned = published && !Boolean.FALSE.equals(wanted.allocateLoadBalancerNodePorts());
        int before = violations.count();
        List<ServicePort> result = new ArrayList<>();
        Set<Integer> mine = new HashSet<>(held.ports());
        Map<Integer, Integer> byPort = new HashMap<>();
        for (int i = 0; i < wanted.ports().size(); i++) {
            ServicePort port = wanted.ports().get(i);
            int number = port.nodePort();
            if (!published) {
                number = held.ports().contains(number) ? 0 : number;
            } else if (number != 0) {
                takePort(number, SPEC.child("ports").index(i).child("nodePort"), mine, violations);
            }
            if (number != 0) {
                byPort.putIfAbsent(port.port(), number);
            }
            result.add(ServicePortBuilder.builder(port).nodePort(number).build());
        }
        if (assigned && violations.count() == before) {
            result.replaceAll(port -> port.nodePort() != 0
                    ? port
                    : ServicePortBuilder.builder(port)
                            .nodePort(byPort.computeIfAbsent(port.port(), key -> anyPort(mine, violations)))
                            .build());
        }
        if (violations.count() > before) {
            mine.removeAll(held.ports());
            mine.forEach(number -> ports.free(number - firstPort));
            return;
        }
        spec.ports(result);
    }

    /** One service may use one node port for two protocols. */
    private void takePort(int number, Path field, Set<Integer> mine, Violations violations) {
        if (mine.contains(number)) {
            return;
        }
        if (!ports.has(number - firstPort)) {
            violations.invalid(
                    field,
                    number,
                    "provided port is not in the valid range. The range of valid ports is " + firstPort + "-"
                            + lastPort);
        } else if (ports.take(number - firstPort)) {
            mine.add(number);
        } else {
            violations.invalid(field, number, "provided port is already allocated");
        }
    }

    private int anyPort(Set<Integer> mine, Violations violations) {
        OptionalInt index = ports.takeAny(random);
        if (index.isEmpty()) {
            violations.invalid(SPEC.child("ports"), 0, "failed to allocate a nodePort: range is full");
            return 0;
        }
        int number = firstPort + index.getAsInt();
        mine.add(number);
        return number;
    }

    @Override
    public void release(Service held, @Nullable Service kept) {
        Holding given = Holding.of(held);
        Holding stays = Holding.of(kept);
        synchronized (lock) {
            int index = block.index(given.address());
            if (!given.address().equals(stays.address()) && addresses.has(index)) {
                addresses.free(index);
            }
            for (int port : given.ports()) {
                if (!stays.ports().contains(port) && ports.has(port - firstPort)) {
                    ports.free(port - firstPort);
                }
            }
        }
    }

    @Override
    public void repair(List<Service> services) {
        synchronized (lock) {
            addresses.clear();
            ports.clear();
            for (Service service : services) {
                Holding holding = Holding.of(service);
                int index = block.index(holding.address());
                if (addresses.has(index)) {
                    addresses.take(index);
                }
                for (int port : holding.ports()) {
                    if (ports.has(port - firstPort)) {
                        ports.take(port - firstPort);
                    }
                }
            }
        }
    }

    private static boolean published(ServiceSpec spec) {
        return spec.type().equals("NodePort") || spec.type().equals("LoadBalancer");
    }

    /** What a service has of the ranges. @param address empty where it has none */
    private record Holding(String address, Set<Integer> ports) {
        static Holding of(@Nullable Service service) {
            if (service == null) {
                return new Holding("", Set.of());
            }
            Set<Integer> ports = new HashSet<>();
            service.spec().ports().stream()
                    .mapToInt(ServicePort::nodePort)
                    .filter(port -> port != 0)
                    .forEach(ports::add);
            String address = service.spec().clusterIP();
            return new Holding(address.equals(HEADLESS) ? "" : address, ports);
        }
    }
}
