package io.orchestrator.core.registry.address;

import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePort;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpec;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.core.registry.address.AddressClaims.Claim;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.spi.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cluster IPs from one block and node ports from one range, chosen by chance where none is asked for. Who has which is a matter
 * of claims: in the store, where several control planes may serve it. What is held here only says where a free one is likely.
 *
 * <p><b>Threads.</b> Safe for concurrent use; one lock, no call out of it.
 */
public final class RangeAllocator implements AddressAllocator {
    private static final Logger LOG = LoggerFactory.getLogger(RangeAllocator.class);
    private static final Path SPEC = Path.of("spec");
    private static final String HEADLESS = "None";
    /** The first address of the block is kept for the service that leads to the API. */
    private static final int OF_THE_API = 1;

    private final Ipv4Block block;
    private final int firstPort;
    private final int lastPort;
    private final RandomGenerator random;
    private final AddressClaims claims;
    private final Object lock = new Object();
    private final AddressRange addresses;
    private final AddressRange ports;

    private RangeAllocator(String cidr, int firstPort, int lastPort, RandomGenerator random, AddressClaims claims) {
        this.block = Ipv4Block.parse(cidr);
        this.firstPort = firstPort;
        this.lastPort = lastPort;
        this.random = random;
        this.claims = claims;
        this.addresses = new AddressRange(block.size(), OF_THE_API, block::isOpenable);
        this.ports = new AddressRange(lastPort - firstPort + 1, 0);
    }

    /**
     * For any number of control planes on one store.
     *
     * @param cidr the block of cluster IPs, such as {@code 10.96.0.0/12}
     */
    public static RangeAllocator onStore(
            Store store, String cidr, int firstPort, int lastPort, RandomGenerator random) {
        return new RangeAllocator(cidr, firstPort, lastPort, random, new StoredClaims(store));
    }

    /** The first address of a block, which a service has only if it asks for it. @param cidr as for {@link #onStore} */
    public static String first(String cidr) {
        return Ipv4Block.parse(cidr).address(0);
    }

    /** Kubernetes' own ranges, for a process that is alone on its store. */
    public static RangeAllocator standard(RandomGenerator random) {
        return new RangeAllocator("10.96.0.0/12", 30_000, 32_767, random, new MemoryClaims());
    }

    @Override
    public Service reserve(@Nullable Service current, Service wanted, Violations violations) {
        Request request = new Request(current, wanted, violations);
        boolean reserved = false;
        try {
            Service complete = request.complete();
            reserved = request.fits();
            return reserved ? complete : wanted;
        } finally {
            if (!reserved) {
                request.taken.forEach(claim -> free(claim, request.holder));
            }
        }
    }

    /** What one service asks for. Confined to its request's thread. */
    private final class Request {
        final String holder;
        final Set<Claim> taken = new HashSet<>();
        private final Holding held;
        private final ServiceSpec wanted;
        private final ServiceSpecBuilder spec;
        private final Service service;
        private final Violations violations;
        private final int before;

        Request(@Nullable Service current, Service wanted, Violations violations) {
            this.holder = wanted.metadata().uid();
            this.held = Holding.of(current);
            this.service = wanted;
            this.wanted = wanted.spec();
            this.spec = ServiceSpecBuilder.builder(wanted.spec());
            this.violations = violations;
            this.before = violations.count();
        }

        boolean fits() {
            return violations.count() == before;
        }

        Service complete() {
            address();
            if (fits()) {
                nodePorts();
            }
            if (fits()) {
                healthPort();
            }
            return ServiceBuilder.builder(service).spec(spec.build()).build();
        }

        private void address() {
            if (wanted.type().equals("ExternalName")) {
                boolean unchanged = wanted.clusterIP().equals(held.address());
                spec.clusterIP(unchanged ? "" : wanted.clusterIP());
                spec.clusterIPs(unchanged ? List.of() : wanted.clusterIPs());
                return;
            }
            String asked = wanted.clusterIP().isEmpty() && !wanted.clusterIPs().isEmpty()
                    ? wanted.clusterIPs().get(0)
                    : wanted.clusterIP();
            String given = asked.isEmpty() ? anyAddress() : asked;
            if (!asked.isEmpty() && !asked.equals(HEADLESS) && !asked.equals(held.address())) {
                takeAddress(asked);
            }
            spec.clusterIP(given);
            if (wanted.clusterIPs().isEmpty() && !given.isEmpty()) {
                spec.clusterIPs(List.of(given));
            }
        }

        private String anyAddress() {
            OptionalInt index = any(addresses, number -> Claim.address(block.address(number)));
            if (index.isEmpty()) {
                violations.invalid(
                        SPEC.child("clusterIPs"), List.of(), "failed to allocate a cluster IP: range is full");
                return "";
            }
            return block.address(index.getAsInt());
        }

        private void takeAddress(String address) {
            int index = block.index(address);
            if (!addresses.has(index)) {
                violations.invalid(
                        SPEC.child("clusterIPs"),
                        List.of(address),
                        "failed to allocate IP " + address
                                + ": the provided IP is not in the valid range. The range of valid IPs is "
                                + block.address(0) + "-" + block.address(block.size() - 1));
            } else if (!take(addresses, index, Claim.address(address))) {
                violations.invalid(
                        SPEC.child("clusterIPs"),
                        List.of(address),
                        "failed to allocate IP " + address + ": provided IP is already allocated");
            }
        }

        private void nodePorts() {
            boolean published =
                    wanted.type().equals("NodePort") || wanted.type().equals("LoadBalancer");
            boolean assigned = published && !Boolean.FALSE.equals(wanted.allocateLoadBalancerNodePorts());
            List<ServicePort> result = new ArrayList<>();
            Set<Integer> mine = new HashSet<>(held.ports());
            Map<Integer, Integer> byPort = new HashMap<>();
            for (int i = 0; i < wanted.ports().size(); i++) {
                ServicePort port = wanted.ports().get(i);
                int number = port.nodePort();
                if (!published) {
                    number = held.ports().contains(number) ? 0 : number;
                } else if (number != 0) {
                    takePort(number, SPEC.child("ports").index(i).child("nodePort"), mine);
                }
                if (number != 0) {
                    byPort.putIfAbsent(port.port(), number);
                }
                result.add(ServicePortBuilder.builder(port).nodePort(number).build());
            }
            if (assigned && fits()) {
                result.replaceAll(port -> port.nodePort() != 0
                        ? port
                        : ServicePortBuilder.builder(port)
                                .nodePort(byPort.computeIfAbsent(port.port(), key -> anyPort(mine)))
                                .build());
            }
            spec.ports(result);
        }

        /** Where load balancers ask about endpoints on a node; it stays the same as long as there is one. */
        private void healthPort() {
            Path field = SPEC.child("healthCheckNodePort");
            int asked = wanted.healthCheckNodePort();
            boolean needed = wanted.type().equals("LoadBalancer") && "Local".equals(wanted.externalTrafficPolicy());
            if (!needed) {
                if (asked != 0 && asked != held.health()) {
                    violations.invalid(
                            field,
                            asked,
                            "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
                }
                spec.healthCheckNodePort(0);
            } else if (asked != 0 && held.health() != 0 && asked != held.health()) {
                violations.invalid(field, asked, "field is immutable");
            } else if (asked != 0) {
                takePort(asked, field, new HashSet<>(Set.of(held.health())));
            } else {
                spec.healthCheckNodePort(held.health() != 0 ? held.health() : anyPort(new HashSet<>()));
            }
        }

        /** One service may use one node port for two protocols. */
        private void takePort(int number, Path field, Set<Integer> mine) {
            if (mine.contains(number)) {
                return;
            }
            if (!ports.has(number - firstPort)) {
                violations.invalid(
                        field,
                        number,
                        "provided port is not in the valid range. The range of valid ports is " + firstPort + "-"
                                + lastPort);
            } else if (take(ports, number - firstPort, Claim.nodePort(number))) {
                mine.add(number);
            } else {
                violations.invalid(field, number, "provided port is already allocated");
            }
        }

        private int anyPort(Set<Integer> mine) {
            OptionalInt index = any(ports, number -> Claim.nodePort(firstPort + number));
            if (index.isEmpty()) {
                violations.invalid(SPEC.child("ports"), 0, "failed to allocate a nodePort: range is full");
                return 0;
            }
            int number = firstPort + index.getAsInt();
            mine.add(number);
            return number;
        }

        /** A number that seems free and is; where none seems so, those are looked at that are held. */
        private OptionalInt any(AddressRange range, IntFunction<Claim> claim) {
            boolean fresh = false;
            while (true) {
                OptionalInt likely;
                synchronized (lock) {
                    likely = range.takeAny(random);
                }
                if (likely.isPresent() && claims.take(claim.apply(likely.getAsInt()), holder)) {
                    taken.add(claim.apply(likely.getAsInt()));
                    return likely;
                }
                if (likely.isEmpty()) {
                    if (fresh) {
                        return likely;
                    }
                    fresh = true;
                    learn(claims.all());
                }
            }
        }

        private boolean take(AddressRange range, int index, Claim claim) {
            if (!claims.take(claim, holder)) {
                return false;
            }
            taken.add(claim);
            synchronized (lock) {
                range.take(index);
            }
            return true;
        }
    }

    @Override
    public void release(Service held, @Nullable Service kept) {
        Set<Claim> stays = Holding.of(kept).claims();
        for (Claim claim : Holding.of(held).claims()) {
            if (!stays.contains(claim) && isOfRanges(claim)) {
                free(claim, held.metadata().uid());
            }
        }
    }

    private void free(Claim claim, String holder) {
        claims.giveBack(claim, holder);
        synchronized (lock) {
            range(claim).free(index(claim));
        }
    }

    @Override
    public void repair(List<Service> services) {
        Map<Claim, String> held = new HashMap<>();
        for (Service service : services) {
            for (Claim claim : Holding.of(service).claims()) {
                String other = isOfRanges(claim)
                        ? held.putIfAbsent(claim, service.metadata().uid())
                        : null;
                if (other != null) {
                    LOG.warn(
                            "service {}/{} has {}, which another one has too: it should be made anew",
                            service.metadata().namespace(),
                            service.metadata().name(),
                            claim.number());
                }
            }
        }
        claims.repair(held);
        learn(claims.all());
    }

    private void learn(Map<Claim, String> held) {
        synchronized (lock) {
            addresses.clear();
            ports.clear();
            held.keySet().stream()
                    .filter(this::isOfRanges)
                    .forEach(claim -> range(claim).take(index(claim)));
        }
    }

    private boolean isOfRanges(Claim claim) {
        return range(claim).has(index(claim));
    }

    private AddressRange range(Claim claim) {
        return claim.isAddress() ? addresses : ports;
    }

    private int index(Claim claim) {
        return claim.isAddress() ? block.index(claim.number()) : Integer.parseInt(claim.number()) - firstPort;
    }
}
