package io.orchestrator.core.network.address;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where this machine's IPv4 routes lead, default routes aside, also those in two halves that a VPN lays. Immutable. */
public final class HostRoutes {
    private static final Path KERNEL = Path.of("/proc/net/route");
    private static final Path FORWARDING = Path.of("/proc/sys/net/ipv4/ip_forward");
    private static final int DEVICE = 0;
    private static final int DESTINATION = 1;
    private static final int GATEWAY = 2;
    private static final int FLAGS = 3;
    private static final int MASK = 7;

    /** Bits of a mask of one half of all addresses. */
    private static final int HALF = 1;

    /** Those of the private network 10.0.0.0, as a VPN leads it into a whole company. */
    private static final int WIDE = 8;

    /** Leads nowhere: a fence of ours, or of somebody who was killed, around a range that is free all the same. */
    private static final int REJECT = 0x200;

    /** What can be written between quotes in a script of {@code nft}, and means itself there. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:-]+");

    /** In host order. */
    private record Route(String device, int destination, int mask, int gateway) {
        boolean leadsTo(int address) {
            return (address & mask) == destination;
        }
    }

    private final List<Route> routes;

    private HostRoutes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** The kernel's table of this moment; empty where there is none to read. */
    public static HostRoutes ofThisMachine() {
        if (!Files.isReadable(KERNEL)) {
            return new HostRoutes(List.of());
        }
        try {
            return parse(Files.readAllLines(KERNEL));
        } catch (IOException e) {
            throw new UncheckedIOException("the routes of this machine cannot be read", e);
        }
    }

    /** Whether this machine passes packets on from one network to another; so it does where nobody can tell. */
    public static boolean arePacketsPassedOn() {
        try {
            return !Files.isReadable(FORWARDING)
                    || !Files.readString(FORWARDING).strip().equals("0");
        } catch (IOException e) {
            return true;
        }
    }

    /** @param lines as in {@code /proc/net/route}: a heading, then numbers in hexadecimal, least significant byte first */
    public static HostRoutes parse(List<String> lines) {
        List<Route> routes = new ArrayList<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] fields = line.trim().split("\\s+");
            if (fields.length > MASK) {
                int mask = number(fields[MASK]);
                if (Integer.bitCount(mask) > HALF && (Integer.parseInt(fields[FLAGS], 16) & REJECT) == 0) {
                    routes.add(new Route(fields[DEVICE], number(fields[DESTINATION]), mask, number(fields[GATEWAY])));
                }
            }
        }
        return new HostRoutes(routes);
    }

    /** Without those for a network in which somebody has a few addresses, and which is led away as a whole. */
    HostRoutes withoutWideOnes() {
        return new HostRoutes(routes.stream()
                .filter(route -> Integer.bitCount(route.mask) > WIDE)
                .toList());
    }

    /** Whether a route leads into this network, or the network lies within a route. */
    boolean cover(String network, int prefix) {
        int address = 0;
        for (String octet : network.split("\\.")) {
            address = address << 8 | Integer.parseInt(octet);
        }
        int mask = prefix == 0 ? 0 : -1 << (32 - prefix);
        for (Route route : routes) {
            int common = mask & route.mask;
            if ((address & common) == (route.destination & common)) {
                return true;
            }
        }
        return false;
    }

    /** The device by which packets for an address of IPv4 leave; empty where nothing but a default route leads there. */
    public Optional<String> device(String address) {
        Optional<Integer> number = Cidr.parse(address + "/32").map(Cidr::network);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        Route best = null;
        for (Route route : routes) {
            // A mask with more bits is the greater number. Of two that are alike, the kernel writes the one that it
            // uses first.
            if (route.leadsTo(number.get()) && (best == null || Integer.compareUnsigned(route.mask, best.mask) > 0)) {
                best = route;
            }
        }
        return Optional.ofNullable(best)
                .map(Route::device)
                .filter(name -> PLAIN.matcher(name).matches());
    }

    /** Whether a network has addresses of one that this machine is part of itself, and reaches without anybody's help. */
    public boolean touchOwn(Cidr network) {
        return routes.stream().filter(route -> route.gateway == 0).anyMatch(route -> {
            int common = route.mask & network.mask();
            return (route.destination & common) == (network.network() & common);
        });
    }

    /** By which neighbours packets for just this network go. */
    public Set<String> gateways(Cidr network) {
        return routes.stream()
                .filter(route -> route.gateway != 0)
                .filter(route -> route.mask == network.mask() && route.destination == network.network())
                .map(route -> text(route.gateway))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String text(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    private static int number(String littleEndianHex) {
        return Integer.reverseBytes(Integer.parseUnsignedInt(littleEndianHex, 16));
    }
}
