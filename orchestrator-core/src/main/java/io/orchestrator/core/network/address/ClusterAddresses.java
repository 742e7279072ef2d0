package io.orchestrator.core.network.address;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * The ranges of one cluster on this machine, claimed until {@link #close()}.
 *
 * <p>Without a network of its own, a cluster's services and pods have loopback addresses, of which Linux answers every one. With
 * Docker, services have addresses like those of Kubernetes, which pods reach through their gateway. Either way a range that
 * another cluster holds, or that a route of this machine leads elsewhere, is passed over.
 */
public final class ClusterAddresses implements AutoCloseable {

    /** Networks of 65,536 addresses that differ in their second octet. */
    private record Family(int network, int first, int last) {
        /** The upper half of loopback. The quarter below is the pods'; what people configure by hand lies below that. */
        static final Family LOOPBACK = new Family(127, 128, 250);

        /** From where Kubernetes' own services begin, as far as private networks seldom go. */
        static final Family PRIVATE = new Family(10, 96, 127);

        List<Integer> octets() {
            List<Integer> octets = new ArrayList<>();
            for (int octet = first; octet <= last; octet++) {
                octets.add(octet);
            }
            return octets;
        }

        String prefix(int octet) {
            return network + "." + octet + ".";
        }
    }

    /** What {@link #label()} begins with. */
    static final String LABEL = "orchestrator_";

    private static final int FIRST_OF_PODS = 64;

    private final Family family;
    private final int octet;
    private final RangeClaim claim;

    private ClusterAddresses(Family family, int octet, RangeClaim claim) {
        this.family = family;
        this.octet = octet;
        this.claim = claim;
    }

    /**
     * A range {@code 127.x.0.0/16} for services, and one for pods.
     *
     * @param known a service address of this cluster from before, whose range is taken again if it is free; or empty
     * @throws IllegalStateException when all are taken
     */
    public static ClusterAddresses onLoopback(RandomGenerator random, String known) {
        return find(Family.LOOPBACK, octet -> true, random, known).orElseThrow(() -> noneIsLeft(Family.LOOPBACK));
    }

    /**
     * A range {@code 10.x.0.0/16} that no route of this machine leads to; where a VPN takes all of {@code 10.0.0.0/8}, one to which no
     * narrower one leads: an address that this machine has itself goes before any route.
     *
     * @param known as in {@link #onLoopback}
     * @throws IllegalStateException when all are taken
     */
    public static ClusterAddresses routable(HostRoutes routes, RandomGenerator random, String known) {
        HostRoutes narrow = routes.withoutWideOnes();
        return find(Family.PRIVATE, octet -> !routes.cover("10." + octet + ".0.0", 16), random, known)
                .or(() -> find(Family.PRIVATE, octet -> !narrow.cover("10." + octet + ".0.0", 16), random, known))
                .orElseThrow(() -> noneIsLeft(Family.PRIVATE));
    }

    /**
     * Just the range that an address is in, as a cluster elsewhere has chosen it: whoever of this machine holds it serves it.
     * Empty when somebody else does, or when no cluster of ours would have such addresses.
     */
    public static Optional<ClusterAddresses> around(String serviceAddress) {
        for (Family family : List.of(Family.LOOPBACK, Family.PRIVATE)) {
            for (int octet : family.octets()) {
                if (serviceAddress.startsWith(family.prefix(octet))) {
                    return RangeClaim.of(family == Family.LOOPBACK, octet)
                            .map(claim -> new ClusterAddresses(family, octet, claim));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Where a cluster with this service address serves: its ranges for services and for load balancers, whoever holds them. Empty when
     * no cluster of ours would have such an address.
     */
    public static List<String> servedAround(String serviceAddress) {
        for (Family family : List.of(Family.LOOPBACK, Family.PRIVATE)) {
            for (int octet : family.octets()) {
                if (serviceAddress.startsWith(family.prefix(octet))) {
                    return List.of(serviceRange(family, octet), balancerRange(family, octet));
                }
            }
        }
        return List.of();
    }

    private static Optional<ClusterAddresses> find(
            Family family, IntPredicate free, RandomGenerator random, String known) {
        List<Integer> candidates = family.octets();
        // From a random start, so that clusters that begin together seldom ask for the same.
        Collections.rotate(candidates, random.nextInt(candidates.size()));
        candidates.stream()
                .filter(octet -> known.startsWith(family.prefix(octet)))
                .findFirst()
                .ifPresent(octet -> candidates.add(0, octet));
        for (int octet : candidates) {
            if (free.test(octet)) {
                Optional<RangeClaim> claim = RangeClaim.of(family == Family.LOOPBACK, octet);
                if (claim.isPresent()) {
                    return Optional.of(new ClusterAddresses(family, octet, claim.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static IllegalStateException noneIsLeft(Family family) {
        return new IllegalStateException("no range of addresses is left for services from "
                + family.prefix(family.first) + "0.0 to " + family.prefix(family.last) + "255.255");
    }

    /** The range of cluster IPs, such as {@code 127.130.0.0/16} or {@code 10.100.0.0/17}. */
    public String serviceRange() {
        return serviceRange(family, octet);
    }

    private static String serviceRange(Family family, int octet) {
        return family.prefix(octet) + (family == Family.LOOPBACK ? "0.0/16" : "0.0/17");
    }

    /** All that is this cluster's alone, of which the other ranges are parts where it is routable. */
    String claimedRange() {
        return family.prefix(octet) + "0.0/16";
    }

    /** A name for what the kernel is told about these ranges, such as {@code orchestrator_10_100}. */
    public String label() {
        return LABEL + family.network + "_" + octet;
    }

    /** A name for a table of the kernel's that nobody had before, and that tells whose it is as {@link #label()} does. */
    public String tableName(RandomGenerator random) {
        return label() + "_" + Integer.toHexString(random.nextInt());
    }

    /** Where the cluster's DNS is asked, as long as nobody else has the address: the tenth of the range, as by custom. */
    public String dnsAddress() {
        return family.prefix(octet) + "0.10";
    }

    /** The range of pods on loopback, such as {@code 127.65.0.0/17}; empty where pods have a network of their own. */
    public Optional<String> podRange() {
        if (family != Family.LOOPBACK) {
            return Optional.empty();
        }
        int index = octet - family.first;
        return Optional.of("127." + (FIRST_OF_PODS + index / 2) + "." + (index % 2 == 0 ? "0" : "128") + ".0/17");
    }

    /** The range for addresses of load balancers, such as {@code 127.251.2.0/24}; nobody else's, as the claim is. */
    public String balancerRange() {
        return balancerRange(family, octet);
    }

    private static String balancerRange(Family family, int octet) {
        return family == Family.LOOPBACK
                ? "127.251." + (octet - family.first) + ".0/24"
                : family.prefix(octet) + "255.0/24";
    }

    /** Whether this address is of the range of cluster IPs. */
    public boolean isServiceAddress(String address) {
        return address.startsWith(family.prefix(octet));
    }

    /** Whether this is an address of services, or of load balancers, that nobody but this cluster has. */
    public boolean isOwn(String address) {
        return isServiceAddress(address)
                || Cidr.parse(balancerRange())
                        .filter(range -> range.contains(address))
                        .isPresent();
    }

    /** Whether an address of loopback is one that people or this cluster's pods have on this machine. */
    public boolean isOnLoopbackOfThisMachine(String address) {
        return address.startsWith("127.0.")
                || podRange()
                        .flatMap(Cidr::parse)
                        .filter(range -> range.contains(address))
                        .isPresent();
    }

    /** Gives the ranges back. Idempotent. */
    @Override
    public void close() {
        claim.close();
    }
}
