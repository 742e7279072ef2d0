package io.orchestrator.core.network.nftables;

/**
 * The words for the part of a table that leads datagrams. It comes with the first service for them: packets of connections need not pass
 * it before. Immutable.
 */
final class DatagramSkeleton {
    private static final String CLIENT = "jhash ip saddr . udp sport mod " + Buckets.COUNT + " seed 0x6f726368";

    private DatagramSkeleton() {}

    /**
     * Added to a table that is there.
     *
     * <p>The kernel remembers where it led a client's datagrams for as long as they come, and cannot be told by rules to forget it. But it
     * remembers that by the zone of the first, and looks for it in that of each: so a bucket of clients whose endpoint is gone gets
     * another zone, in which nothing is known of them, and the next datagram is led anew. What comes back is looked for in no zone, so that
     * an answer to what was asked before still arrives.
     *
     * @param table with its family
     */
    static String of(String table) {
        return """
                table %1$s {
                  map udp_services { type ipv4_addr . inet_service : verdict; }
                  map udp_endpoints { typeof ip daddr . udp dport . numgen random mod 2 : ip daddr . udp dport; }
                  map udp_zones { typeof ip daddr . udp dport . numgen random mod 2 : ct zone; }
                  set udp_own { type ipv4_addr . ipv4_addr . inet_service; }
                  set udp_fronts { type ipv4_addr . inet_service; }
                  set udp_near { type ifname . ipv4_addr . inet_service; }
                  map udp_node_services { type inet_service : verdict; }
                  map udp_node_endpoints { typeof udp dport . numgen random mod 2 : ip daddr . udp dport; }
                  map udp_node_zones { typeof udp dport . numgen random mod 2 : ct zone; }
                  set udp_node_own { type ipv4_addr . inet_service; }
                  set udp_node_fronts { type inet_service; }
                  set udp_node_inner { type inet_service; }
                  set udp_node_near { type ifname . inet_service; }
                  chain udp_spread {
                    meta mark set meta mark or %2$s
                    meta l4proto udp dnat ip to ip daddr . udp dport . %3$s map @udp_endpoints
                  }
                  chain udp_node_spread {
                    meta mark set meta mark or %2$s
                    meta l4proto udp dnat ip to udp dport . %3$s map @udp_node_endpoints
                  }
                  chain udp_lead {
                    ip saddr . ip daddr . udp dport @udp_own return
                    ip daddr . udp dport vmap @udp_services
                  }
                  chain udp_node_lead {
                    ip saddr . udp dport @udp_node_own return
                    udp dport vmap @udp_node_services
                  }
                  chain udp_output {
                    type nat hook output priority -105; policy accept;
                    meta l4proto != udp return
                    jump udp_lead
                    ip daddr 127.0.0.0/8 udp dport != @udp_node_inner return
                    fib daddr type local jump udp_node_lead
                  }
                  chain udp_prerouting {
                    type nat hook prerouting priority -105; policy accept;
                    meta l4proto udp meta iifkind "bridge" jump udp_of_pods
                  }
                  chain udp_of_pods {
                    iifname . ip daddr . udp dport @udp_near jump udp_lead
                    iifname . udp dport @udp_node_near fib daddr type local jump udp_node_lead
                  }
                  chain udp_zone {
                    ip daddr . udp dport @udp_fronts ct original zone set ip daddr . udp dport . %3$s map @udp_zones
                    udp dport @udp_node_fronts fib daddr type local ct original zone set udp dport . %3$s map @udp_node_zones
                  }
                  chain udp_first_output {
                    type filter hook output priority -300; policy accept;
                    meta l4proto udp jump udp_zone
                  }
                  chain udp_first_prerouting {
                    type filter hook prerouting priority -300; policy accept;
                    meta l4proto udp meta iifkind "bridge" jump udp_zone
                  }
                }
                """.formatted(table, Skeleton.MARK, CLIENT);
    }
}
