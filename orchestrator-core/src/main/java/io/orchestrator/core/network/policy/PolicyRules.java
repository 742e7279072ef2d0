package io.orchestrator.core.network.policy;

import io.orchestrator.core.network.policy.Isolation.Allowance;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The words for {@code nft} that make one table of policies out of another. An isolation is a chain, and a pod an element that
 * leads there. Knows what the kernel has, if every script that it gave was taken. Owned by its caller.
 */
final class PolicyRules {
    private final String table;
    private final List<String> service;
    private final String names;

    private final Map<String, Isolation> present = new HashMap<>();
    private final Map<String, String> chains = new HashMap<>();
    private Map<String, String> ingress = Map.of();
    private Map<String, String> egress = Map.of();
    private Map<String, String> published = Map.of();
    private Map<String, String> publishedAt = Map.of();
    private int named;

    /**
     * @param service ranges of addresses on which this machine serves, and sees to it itself whom it serves there
     * @param names the address of the cluster's DNS, which is a peer as pods are; empty for none
     */
    PolicyRules(String table, List<String> service, String names) {
        this.table = "ip " + table;
        this.service = List.copyOf(service);
        this.names = names;
    }

    /**
     * An empty table, whatever there was of that name. What belongs to a connection that was allowed passes. What this machine
     * itself sends to its pods is not asked about; what it passes on to them from a port of its own is, where it arrives.
     */
    String begin() {
        forget();
        String self = names.isEmpty() ? "" : "ip daddr != " + names + " ";
        return """
                add table %1$s
                delete table %1$s
                table %1$s {
                  map ingress { type ipv4_addr : verdict; }
                  map egress { type ipv4_addr : verdict; }
                  map published { type inet_proto . inet_service : verdict; }
                  map published_at { type ipv4_addr . inet_proto . inet_service : verdict; }
                  chain forward {
                    type filter hook forward priority -5; policy accept;
                    ct state established,related accept
                    ip saddr vmap @egress
                    ip daddr vmap @ingress
                  }
                  chain input {
                    type filter hook input priority -5; policy accept;
                    ct state established,related accept
                    %2$sip daddr { %3$s } accept
                    ip saddr vmap @egress
                    fib saddr type local accept
                    meta l4proto . th dport vmap @published
                    ip daddr . meta l4proto . th dport vmap @published_at
                  }
                }
                """.formatted(table, self, String.join(", ", service));
    }

    /** No table at all. */
    String end() {
        forget();
        return "add table " + table + "\ndelete table " + table + "\n";
    }

    private void forget() {
        present.clear();
        chains.clear();
        ingress = Map.of();
        egress = Map.of();
        published = Map.of();
        publishedAt = Map.of();
    }

    /** What differs; empty when nothing does. */
    String become(PolicyTable wanted) {
        StringBuilder script = new StringBuilder();
        Map<String, Isolation> isolations = new LinkedHashMap<>();
        new TreeMap<>(wanted.ingress()).values().forEach(each -> isolations.put(each.key(), each));
        new TreeMap<>(wanted.egress()).values().forEach(each -> isolations.put(each.key(), each));
        wanted.published().values().stream()
                .sorted(Comparator.comparing(Isolation::key))
                .forEach(each -> isolations.put(each.key(), each));
        isolations.forEach((key, isolation) -> chain(script, key, isolation));
        ingress = elements(script, "ingress", ingress, wanted.ingress());
        egress = elements(script, "egress", egress, wanted.egress());
        published = elements(script, "published", published, published(wanted, true));
        publishedAt = elements(script, "published_at", publishedAt, published(wanted, false));
        List<String> gone = present.keySet().stream()
                .filter(key -> !isolations.containsKey(key))
                .toList();
        for (String key : gone) {
            script.append("delete chain ")
                    .append(table)
                    .append(' ')
                    .append(chains.remove(key))
                    .append('\n');
            present.remove(key);
        }
        return script.toString();
    }

    private static Map<String, Isolation> published(PolicyTable wanted, boolean everywhere) {
        Map<String, Isolation> elements = new TreeMap<>();
        wanted.published().forEach((port, isolation) -> {
            if (port.address().isEmpty() == everywhere) {
                String at = everywhere ? "" : port.address() + " . ";
                elements.put(at + port.protocol().toLowerCase(Locale.ROOT) + " . " + port.port(), isolation);
            }
        });
        return elements;
    }

    private void chain(StringBuilder script, String key, Isolation isolation) {
        Isolation before = present.put(key, isolation);
        if (isolation.equals(before)) {
            return;
        }
        String chain = chains.computeIfAbsent(key, each -> "pods_" + named++);
        script.append(before == null ? "add" : "flush")
                .append(" chain ")
                .append(table)
                .append(' ')
                .append(chain)
                .append('\n');
        String end = key.startsWith("in ") ? "saddr" : "daddr";
        for (Allowance allowance : isolation.allowed()) {
            for (String ports : ports(allowance.ports())) {
                add(script, chain, peers(allowance.peers(), end) + ports + "return");
            }
        }
        add(script, chain, "drop");
    }

    private void add(StringBuilder script, String chain, String rule) {
        script.append("add rule ")
                .append(table)
                .append(' ')
                .append(chain)
                .append(' ')
                .append(rule)
                .append('\n');
    }

    private static String peers(Peers peers, String end) {
        if (peers instanceof Peers.Pods pods) {
            return "ip " + end + " { " + String.join(", ", pods.addresses()) + " } ";
        }
        if (peers instanceof Peers.Block block) {
            return "ip " + end + " " + block.range() + " "
                    + block.except().stream()
                            .map(except -> "ip " + end + " != " + except + " ")
                            .collect(Collectors.joining());
        }
        return "";
    }

    /** One rule for each protocol; just one without any. */
    private static List<String> ports(List<PortRange> ports) {
        if (ports.isEmpty()) {
            return List.of("");
        }
        Map<String, List<PortRange>> byProtocol =
                ports.stream().collect(Collectors.groupingBy(PortRange::protocol, TreeMap::new, Collectors.toList()));
        return byProtocol.entrySet().stream()
                .map(entry -> {
                    String protocol = entry.getKey().toLowerCase(Locale.ROOT);
                    return entry.getValue().stream().anyMatch(PortRange::isWholeProtocol)
                            ? "meta l4proto " + protocol + " "
                            : entry.getValue().stream()
                                    .map(PolicyRules::range)
                                    .collect(Collectors.joining(", ", protocol + " dport { ", " } "));
                })
                .toList();
    }

    private static String range(PortRange ports) {
        return ports.first() == ports.last() ? String.valueOf(ports.first()) : ports.first() + "-" + ports.last();
    }

    /** Leads each pod to its chain. Returns the chains by address. */
    private Map<String, String> elements(
            StringBuilder script, String map, Map<String, String> before, Map<String, Isolation> wanted) {
        Map<String, String> after = new TreeMap<>();
        wanted.forEach((address, isolation) -> after.put(address, String.valueOf(chains.get(isolation.key()))));
        Map<String, String> gone = new TreeMap<>(before);
        gone.entrySet().removeAll(after.entrySet());
        Map<String, String> come = new TreeMap<>(after);
        come.entrySet().removeAll(before.entrySet());
        say(script, "delete", map, gone);
        say(script, "add", map, come);
        return after;
    }

    private void say(StringBuilder script, String verb, String map, Map<String, String> elements) {
        if (!elements.isEmpty()) {
            script.append(elements.entrySet().stream()
                    .map(each -> each.getKey() + " : jump " + each.getValue())
                    .collect(Collectors.joining(", ", verb + " element " + table + " " + map + " { ", " }\n")));
        }
    }
}
