package io.orchestrator.core.network.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Ports of a protocol, both ends included. @param protocol TCP, UDP or SCTP */
record PortRange(String protocol, int first, int last) {
    static final int HIGHEST = 65_535;

    boolean includes(String protocol, int port) {
        return this.protocol.equals(protocol) && first <= port && port <= last;
    }

    boolean isWholeProtocol() {
        return first == 0 && last == HIGHEST;
    }

    /** The same ports in as few ranges as possible, none of which touches another: the kernel takes no others. */
    static List<PortRange> merged(List<PortRange> ranges) {
        List<PortRange> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparing(PortRange::protocol).thenComparingInt(PortRange::first));
        List<PortRange> merged = new ArrayList<>();
        for (PortRange next : sorted) {
            PortRange before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (before != null && before.protocol.equals(next.protocol) && next.first <= before.last + 1) {
                merged.set(
                        merged.size() - 1,
                        new PortRange(before.protocol, before.first, Math.max(before.last, next.last)));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }
}
