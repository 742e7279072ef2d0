package io.orchestrator.core.network.balance;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.model.core.LoadBalancerIngress;
import io.orchestrator.api.model.core.LoadBalancerIngressBuilder;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.spi.network.LoadBalancers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gives each service one address of a list of ranges, the first that is free, or the one that it asks for by {@code
 * spec.loadBalancerIP}. Thread-safe.
 */
public final class AddressPool implements LoadBalancers {
    private static final int OCTETS = 4;
    private static final long MOST = 1 << 16;

    /** From the first to the last, both included. */
    private record Span(long first, long last) {}

    private final List<Span> spans;
    private final Object lock = new Object();

    /** The uid of the service that has it, by address. */
    @GuardedBy("lock")
    private final Map<String, String> given = new HashMap<>();

    private AddressPool(List<Span> spans) {
        this.spans = List.copyOf(spans);
    }

    /**
     * @param ranges IPv4 each: {@code 192.168.1.240/28}, of which the first and the last address are left out, {@code
     *     192.168.1.240-192.168.1.250}, or one address
     * @throws IllegalArgumentException when one of them is none of that
     */
    public static AddressPool of(String... ranges) {
        List<Span> spans = new ArrayList<>();
        for (String range : ranges) {
            spans.add(span(range.strip()));
        }
        return new AddressPool(spans);
    }

    private static Span span(String range) {
        int slash = range.indexOf('/');
        int dash = range.indexOf('-');
        if (slash >= 0) {
            int length = prefix(range.substring(slash + 1), range);
            long size = 1L << (32 - length);
            long base = number(range.substring(0, slash)) & -size;
            return size <= 2 ? checked(base, base + size - 1, range) : checked(base + 1, base + size - 2, range);
        }
        return dash >= 0
                ? checked(number(range.substring(0, dash)), number(range.substring(dash + 1)), range)
                : checked(number(range), number(range), range);
    }

    private static int prefix(String text, String range) {
        if (!text.matches("\\d{1,2}") || Integer.parseInt(text) > 32) {
            throw new IllegalArgumentException("not a range of addresses: " + range);
        }
        return Integer.parseInt(text);
    }

    private static Span checked(long first, long last, String range) {
        if (last < first || last - first >= MOST) {
            throw new IllegalArgumentException("not a range of up to " + MOST + " addresses: " + range);
        }
        return new Span(first, last);
    }

    /** Whether the address is of the pool. */
    public boolean contains(String address) {
        if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return false;
        }
        long number = number(address);
        return spans.stream().anyMatch(span -> span.first <= number && number <= span.last);
    }

    @Override
    public void restore(List<Service> services) {
        synchronized (lock) {
            for (Service service : services) {
                for (LoadBalancerIngress ingress :
                        service.status().loadBalancer().ingress()) {
                    if (contains(ingress.ip())) {
                        given.putIfAbsent(ingress.ip(), service.metadata().uid());
                    }
                }
            }
        }
    }

    @Override
    public List<LoadBalancerIngress> ensure(Service service) {
        String asked = service.spec().loadBalancerIP();
        String uid = service.metadata().uid();
        synchronized (lock) {
            String held = heldBy(uid);
            if (!held.isEmpty() && (asked.isEmpty() || asked.equals(held))) {
                return ingress(held);
            }
            String next = asked.isEmpty() ? anyFree() : particular(asked, uid);
            given.values().removeIf(uid::equals);
            given.put(next, uid);
            return ingress(next);
        }
    }

    @Override
    public void release(Service service) {
        synchronized (lock) {
            given.values().removeIf(service.metadata().uid()::equals);
        }
    }

    @GuardedBy("lock")
    private String heldBy(String uid) {
        return given.entrySet().stream()
                .filter(entry -> entry.getValue().equals(uid))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    @GuardedBy("lock")
    private String anyFree() {
        for (Span span : spans) {
            for (long number = span.first; number <= span.last; number++) {
                String address = text(number);
                if (!given.containsKey(address)) {
                    return address;
                }
            }
        }
        throw new IllegalStateException("no address is left in the pool of load balancers");
    }

    @GuardedBy("lock")
    private String particular(String asked, String uid) {
        if (!contains(asked)) {
            throw new IllegalStateException(asked + " is not in the pool of load balancers");
        }
        if (!Objects.requireNonNullElse(given.get(asked), uid).equals(uid)) {
            throw new IllegalStateException(asked + " belongs to another service");
        }
        return asked;
    }

    private static List<LoadBalancerIngress> ingress(String address) {
        return List.of(
                LoadBalancerIngressBuilder.builder().ip(address).ipMode("VIP").build());
    }

    private static long number(String address) {
        String[] octets = address.strip().split("\\.", -1);
        long number = 0;
        for (String octet : octets) {
            if (octets.length != OCTETS || !octet.matches("\\d{1,3}") || Integer.parseInt(octet) > 255) {
                throw new IllegalArgumentException("not an IPv4 address: " + address);
            }
            number = number << 8 | Integer.parseInt(octet);
        }
        return number;
    }

    private static String text(long number) {
        return (number >> 24 & 255) + "." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }
}
