package io.orchestrator.core.network.nftables;

/** The words for a table without services: its maps and sets, and the chains through which packets come. Immutable. */
final class Skeleton {
    /** As Kubernetes marks packets that are to leave with an address of this machine. */
    static final String MARK = "0x4000";

    /** For connections that have ended: long enough for a segment that was sent twice. */
    private static final int FORGOTTEN_AFTER_SECONDS = 2;

    /** How long it is known that a client tried again: longer than it waits before it does. */
    private static final int REMEMBERED_SECONDS = 4;

    private Skeleton() {}

    /**
     * A table without services, whatever there was of that name. A pod that is led to itself would get its own packets back from
     * nowhere: it goes the long way, as does who asks on loopback for what is beyond it.
     *
     * <p>Rules lead to an endpoint that has just gone until they are told. What it answers, a reset without a sequence because there is
     * nothing to continue, is kept from the client twice: the kernel has forgotten the attempt by then, and the client's next, a
     * second later, is led anew. One that gets no answer is forgotten before its client's next attempt, too. Connections that others
     * lead, and be it from another port of the same address, are theirs: their clients are refused at once.
     *
     * <p>Of those who ask from elsewhere, only who comes by the bridge behind which all the endpoints are is led. Others, on another
     * machine or on another bridge of this one, go the long way: whether the kernel passes on what comes by one network and leaves by
     * another is for other tables to say, and where Docker has written them it does not. A device that is no bridge may have no kind at
     * all, and a rule that asks for one is passed by then: so it is asked whether it is one.
     *
     * <p>What leaves this machine by anything but a bridge, behind which pods are, leaves with its address, for whoever answers knows
     * no other way back; and so does what this machine sends itself.
     *
     * @param table with its family
     * @param forgetful whether the kernel forgets ended connections soon, which not every kernel can. Docker sweeps the kernel's
     *     table of connections when a container goes: it reads the table, then deletes what led to the container. Where a client
     *     uses its port again in between, the entry deleted is that of the new connection, to another pod, whose answer then finds
     *     no way back. What is forgotten by then cannot be swept.
     * @param replyPassesHere whether what one pod sends to another on a bridge comes by the rules, too
     */
    static String of(String table, boolean forgetful, boolean replyPassesHere) {
        String brief = forgetful
                ? "ct timeout brief {\n    protocol tcp; l3proto ip\n    policy = { syn_sent : 1, time_wait : %1$d, close : %1$d }\n  }"
                        .formatted(FORGOTTEN_AFTER_SECONDS)
                : "";
        String masquerade = replyPassesHere
                ? "fib saddr type local masquerade\n    meta oifkind \"bridge\" return\n    masquerade"
                : "masquerade";
        return """
                add table %1$s
                delete table %1$s
                table %1$s {
                  %4$s
                  map services { type ipv4_addr . inet_service : verdict; }
                  map endpoints { typeof ip daddr . tcp dport . numgen random mod 2 : ip daddr . tcp dport; }
                  set own { type ipv4_addr . ipv4_addr . inet_service; }
                  set fronts { type ipv4_addr . inet_service; }
                  set near { type ifname . ipv4_addr . inet_service; }
                  map node_services { type inet_service : verdict; }
                  map node_endpoints { typeof tcp dport . numgen random mod 2 : ip daddr . tcp dport; }
                  set node_own { type ipv4_addr . inet_service; }
                  set node_fronts { type inet_service; }
                  set node_inner { type inet_service; }
                  set node_near { type ifname . inet_service; }
                  set once { type ipv4_addr . inet_service; flags dynamic,timeout; timeout %5$ds; size 65535; }
                  set twice { type ipv4_addr . inet_service; flags dynamic,timeout; timeout %5$ds; size 65535; }
                  chain lead {
                    ip saddr . ip daddr . tcp dport @own return
                    ip daddr . tcp dport vmap @services
                  }
                  chain node_lead {
                    ip saddr . tcp dport @node_own return
                    tcp dport vmap @node_services
                  }
                  chain output {
                    type nat hook output priority -105; policy accept;
                    meta l4proto != tcp return
                    jump lead
                    ip daddr 127.0.0.0/8 tcp dport != @node_inner return
                    fib daddr type local jump node_lead
                  }
                  chain prerouting {
                    type nat hook prerouting priority -105; policy accept;
                    meta l4proto tcp meta iifkind "bridge" jump of_pods
                  }
                  chain of_pods {
                    iifname . ip daddr . tcp dport @near jump lead
                    iifname . tcp dport @node_near fib daddr type local jump node_lead
                  }
                  chain refused {
                    meta l4proto tcp ct original ip daddr . ct original proto-dst @fronts jump spare
                    meta l4proto tcp ct original proto-dst @node_fronts jump spare
                  }
                  chain spare {
                    ip daddr . tcp dport != @once add @once { ip daddr . tcp dport } drop
                    ip daddr . tcp dport != @twice add @twice { ip daddr . tcp dport } drop
                  }
                  chain input {
                    type filter hook input priority -10; policy accept;
                    tcp flags & (fin | syn | rst | ack) == rst | ack tcp sequence 0 ct status dnat ct direction reply jump refused
                  }
                  chain forward {
                    type filter hook forward priority -10; policy accept;
                    tcp flags & (fin | syn | rst | ack) == rst | ack tcp sequence 0 ct status dnat ct direction reply jump refused
                  }
                  chain postrouting {
                    type nat hook postrouting priority 95; policy accept;
                    meta mark and %2$s != %2$s return
                    meta mark set meta mark xor %2$s
                    oifname "lo" return
                    %3$s
                  }
                }
                """.formatted(table, MARK, masquerade, brief, REMEMBERED_SECONDS);
    }

    /** What is done with a packet before it is led to an endpoint. */
    static String take(boolean forgetful) {
        return (forgetful ? "ct timeout set \"brief\" " : "") + "meta mark set meta mark or " + MARK + " ";
    }
}
