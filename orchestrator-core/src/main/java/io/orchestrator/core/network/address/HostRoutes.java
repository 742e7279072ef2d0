package io.orchestrator.core.network.address;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where this machine's IPv4 routes lead, default routes aside. Immutable. */
public final class HostRoutes {
    private static final Path KERNEL = Path.of("/proc/net/route");
    private static final int DESTINATION = 1;
    private static final int FLAGS = 3;
    private static final int MASK = 7;

    /** Leads nowhere: a fence of ours, or of somebody who was killed, around a range that is free all the same. */
    private static final int REJECT = 0x200;

    /** In host order. */
    private record Route(int destination, int mask) {}

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

    /** @param lines as in {@code /proc/net/route}: a heading, then numbers in hexadecimal, least significant byte first */
    static HostRoutes parse(List<String> lines) {
        List<Route> routes = new ArrayList<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] fields = line.trim().split("\\s+");
            if (fields.length > MASK) {
                int mask = number(fields[MASK]);
                if (mask != 0 && (Integer.parseInt(fields[FLAGS], 16) & REJECT) == 0) {
                    routes.add(new Route(number(fields[DESTINATION]), mask));
                }
            }
        }
        return new HostRoutes(routes);
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

    private static int number(String littleEndianHex) {
        return Integer.reverseBytes(Integer.parseUnsignedInt(littleEndianHex, 16));
    }
}
