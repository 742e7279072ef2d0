package io.orchestrator.core.network.nftables;

import io.orchestrator.core.network.nftables.ShortCut.Key;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The words for {@code nft} that make one set of short cuts out of another. Knows what the kernel has, if every script that it
 * gave was taken. Owned by its caller.
 */
final class Ruleset {
    /** As Kubernetes marks packets that are to leave with an address of this machine. */
    private static final String MARK = "0x4000";

    /** For connections that have ended: long enough for a segment that was sent twice. */
    private static final int FORGOTTEN_AFTER_SECONDS = 2;

    private final String table;
    private final boolean replyPassesHere;
    private final Map<Key, ShortCut> present = new HashMap<>();
    private final Map<Key, String> chains = new HashMap<>();
    private int named;
    private boolean forgetful;

    /** @param replyPassesHere whether what one pod sends to another on a bridge comes by the rules, too */
    Ruleset(String table, boolean replyPassesHere) {
        this.table = "ip " + table;
        this.replyPassesHere = replyPassesHere;
    }

    /**
     * An empty table, whatever there was of that name.
     *
     * @param forgetful whether the kernel forgets ended connections soon, which not every kernel can. Docker sweeps the kernel's
     *     table of connections when a container goes: it reads the table, then deletes what led to the container. Where a client
     *     uses its port again in between, the entry deleted is that of the new connection, to another pod, whose answer then finds
     *     no way back. What is forgotten by then cannot be swept.
     */
    String begin(boolean forgetful) {
        present.clear();
        chains.clear();
        this.forgetful = forgetful;
        String brief = forgetful
                ? "ct timeout brief {\n    protocol tcp; l3proto ip\n    policy = { time_wait : %1$d, close : %1$d }\n  }"
                        .formatted(FORGOTTEN_AFTER_SECONDS)
                : "";
        String mark = replyPassesHere ? "fib saddr type local " : "";
        return """
                add table %1$s
                delete table %1$s
                table %1$s {
                  %4$s
                  map services { type ipv4_addr . inet_service : verdict; }
                  chain output {
                    type nat hook output priority -105; policy accept;
                    ip daddr . tcp dport vmap @services
                  }
                  chain prerouting {
                    type nat hook prerouting priority -105; policy accept;
                    ip daddr . tcp dport vmap @services
                  }
                  chain postrouting {
                    type nat hook postrouting priority 95; policy accept;
                    meta mark and %2$s != %2$s return
                    meta mark set meta mark xor %2$s
                    oifname != "lo" %3$smasquerade
                  }
                }
                """.formatted(table, MARK, mark, brief);
    }

    /** No table at all. */
    String end() {
        present.clear();
        chains.clear();
        return "add table " + table + "\ndelete table " + table + "\n";
    }

    /** What differs; empty when nothing does. */
    String become(Map<Key, ShortCut> wanted) {
        StringBuilder script = new StringBuilder();
        List<Key> gone = present.keySet().stream()
                .filter(key -> !wanted.containsKey(key))
                .toList();
        // Addresses may pass from one to another: all are taken before any is given.
        gone.forEach(key -> script.append(elements("delete", present.get(key))));
        wanted.forEach((key, cut) -> {
            ShortCut before = present.get(key);
            if (before != null && !sameAddresses(before, cut)) {
                script.append(elements("delete", before));
            }
        });
        gone.forEach(key -> script.append("delete chain ")
                .append(table)
                .append(' ')
                .append(chains.remove(key))
                .append('\n'));
        gone.forEach(present::remove);
        wanted.forEach((key, cut) -> put(script, key, cut, present.put(key, cut)));
        return script.toString();
    }

    private void put(StringBuilder script, Key key, ShortCut cut, @Nullable ShortCut before) {
        if (cut.equals(before)) {
            return;
        }
        String chain = chains.computeIfAbsent(key, each -> "svc_" + named++);
        if (before == null) {
            script.append("add chain ").append(table).append(' ').append(chain).append('\n');
        }
        if (before == null || !before.endpoints().equals(cut.endpoints())) {
            if (before != null) {
                script.append("flush chain ")
                        .append(table)
                        .append(' ')
                        .append(chain)
                        .append('\n');
            }
            rules(script, chain, cut.endpoints());
        }
        if (before == null || !sameAddresses(before, cut)) {
            script.append(elements("add", cut));
        }
    }

    private static boolean sameAddresses(ShortCut one, ShortCut other) {
        return one.addresses().equals(other.addresses()) && one.port() == other.port();
    }

    private String elements(String verb, @Nullable ShortCut cut) {
        ShortCut known = Objects.requireNonNull(cut);
        String chain = chains.get(known.key());
        return known.addresses().stream()
                .map(address -> address + " . " + known.port() + " : goto " + chain)
                .collect(Collectors.joining(", ", verb + " element " + table + " services { ", " }\n"));
    }

    /** A pod that is led to itself would get its own packets back from nowhere: it goes the long way. */
    private void rules(StringBuilder script, String chain, List<Endpoint> endpoints) {
        String rule = "add rule " + table + " " + chain + " ";
        String apart = endpoints.stream()
                .map(Endpoint::address)
                .filter(address -> !address.startsWith("127."))
                .distinct()
                .collect(Collectors.joining(", "));
        if (!apart.isEmpty()) {
            script.append(rule).append("ip saddr { ").append(apart).append(" } return\n");
        }
        script.append(rule)
                .append(forgetful ? "ct timeout set \"brief\" " : "")
                .append("meta mark set meta mark or ")
                .append(MARK)
                .append('\n');
        script.append(rule).append("meta l4proto tcp dnat ip to ");
        if (endpoints.size() == 1) {
            script.append(endpoints.get(0).address())
                    .append(':')
                    .append(endpoints.get(0).port());
        } else {
            script.append("numgen random mod ").append(endpoints.size()).append(" map { ");
            for (int i = 0; i < endpoints.size(); i++) {
                Endpoint endpoint = endpoints.get(i);
                script.append(i == 0 ? "" : ", ")
                        .append(i)
                        .append(" : ")
                        .append(endpoint.address())
                        .append(" . ")
                        .append(endpoint.port());
            }
            script.append(" }");
        }
        script.append('\n');
    }
}
