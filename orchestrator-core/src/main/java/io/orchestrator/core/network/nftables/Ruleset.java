package io.orchestrator.core.network.nftables;

import io.orchestrator.core.network.nftables.Lead.Sticky;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;

/**
 * The words for {@code nft} that make one set of short cuts out of another. Knows what the kernel has, if every script that it
 * gave was taken. Owned by its caller.
 *
 * <p>All services share a handful of chains, one for each number of endpoints, which choose by chance and look the endpoint up in one
 * map: {@code front . slot : endpoint}. So a change is a few elements, however many services there are; with a chain and sets for each
 * service, {@code nft} reads all of them before it says a word. Only services whose clients stay with their endpoint, and those for
 * ranges of clients, have chains of their own. Datagrams are led by {@link Buckets}.
 */
final class Ruleset {
    private final String table;
    private final boolean replyPassesHere;
    private final IntSupplier zones;
    private final StickyRules sticky;
    private final GuardRules guards;

    /**
     * What was asked for, in which order it lies in the kernel, and which verdict leads there.
     *
     * @param buckets of clients, for datagrams
     */
    private record Laid(Lead wanted, List<Endpoint> slots, Buckets buckets, String verdict) {
        static final Laid NOTHING = new Laid(Lead.NOWHERE, List.of(), Buckets.NONE, "");
    }

    private final Map<Front, Laid> present = new HashMap<>();
    private final Set<String> spreads = new HashSet<>();

    private boolean forgetful;

    /**
     * The words for this table.
     *
     * @param replyPassesHere whether what one pod sends to another on a bridge comes by the rules, too
     * @param zones gives zones of the kernel's table of connections that were not used lately
     */
    Ruleset(String table, boolean replyPassesHere, IntSupplier zones) {
        this.table = "ip " + table;
        this.replyPassesHere = replyPassesHere;
        this.zones = zones;
        this.sticky = new StickyRules(this.table);
        this.guards = new GuardRules(this.table);
    }

    /** A table without services, whatever there was of that name. @param forgetful see {@link Skeleton} */
    String begin(boolean forgetful) {
        forget();
        this.forgetful = forgetful;
        StringBuilder script = new StringBuilder(Skeleton.of(table, forgetful, replyPassesHere));
        // Made at once, so that a kernel or an nft that knows no such map says so at the beginning.
        spread(script, new Front("0.0.0.0", 0), 1);
        spread(script, Front.ofNode(0), 1);
        return script.toString();
    }

    /** What must be there before fronts for datagrams are. */
    String beginDatagrams() {
        return DatagramSkeleton.of(table);
    }

    /** No table at all. */
    String end() {
        forget();
        return "add table " + table + "\ndelete table " + table + "\n";
    }

    private void forget() {
        present.clear();
        spreads.clear();
        sticky.forget();
        guards.forget();
    }

    /** What differs from the present, when this is all; empty when nothing does. */
    String become(Map<Front, Lead> wanted) {
        Map<Front, Lead> changes = new LinkedHashMap<>();
        for (Front front : present.keySet()) {
            if (!wanted.containsKey(front)) {
                changes.put(front, Lead.NOWHERE);
            }
        }
        changes.putAll(wanted);
        return change(changes);
    }

    /** What differs from the present, when nothing but these fronts may; those that lead nowhere are to go. */
    String change(Map<Front, Lead> changes) {
        Elements elements = new Elements(table);
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        changes.forEach((front, lead) -> {
            Laid old = present.getOrDefault(front, Laid.NOTHING);
            if (!old.wanted.equals(lead)) {
                Laid next = laid(front, old, lead, before, after);
                differ(elements, front, old, next);
                // Before the chains that it leads to.
                if (lead.ranges().isEmpty()) {
                    guards.leave(front, after);
                }
                Sticky left = old.wanted.sticky();
                if (left != null && !left.equals(lead.sticky())) {
                    sticky.leave(front, left, after);
                }
                if (lead.isNowhere()) {
                    present.remove(front);
                } else {
                    present.put(front, next);
                }
            }
        });
        return before + elements.script() + after;
    }

    private Laid laid(Front front, Laid old, Lead lead, StringBuilder before, StringBuilder after) {
        if (lead.isNowhere()) {
            return Laid.NOTHING;
        }
        Laid open = open(front, old, lead, before, after);
        return lead.ranges().isEmpty()
                ? open
                : new Laid(
                        lead,
                        open.slots,
                        open.buckets,
                        "goto " + guards.lead(front, lead.ranges(), open.verdict, before));
    }

    /** As it is for all clients. */
    private Laid open(Front front, Laid old, Lead lead, StringBuilder before, StringBuilder after) {
        Sticky stays = lead.sticky();
        if (stays != null) {
            String take = Skeleton.take(forgetful);
            String chain = sticky.lead(front, lead.endpoints(), stays, take, before, after);
            return new Laid(lead, List.of(), Buckets.NONE, "goto " + chain);
        }
        if (front.isOfDatagrams()) {
            Buckets buckets = old.buckets.become(lead, zones);
            return new Laid(lead, buckets.endpoints(), buckets, "goto " + front.its("spread"));
        }
        List<Endpoint> slots = arranged(old.slots, lead.endpoints());
        return new Laid(lead, slots, Buckets.NONE, "goto " + spread(before, front, slots.size()));
    }

    private static void differ(Elements elements, Front front, Laid old, Laid next) {
        elements.verdict(front, old.verdict, next.verdict);
        elements.slots(front, old.slots, next.slots);
        elements.zones(front, old.buckets.zones(), next.buckets.zones());
        elements.own(front, old.wanted.endpoints(), next.wanted.endpoints());
        elements.near(front, old.wanted.device(), next.wanted.device());
        elements.member(front, "inner", isInner(front, old.wanted), isInner(front, next.wanted));
        elements.member(front, "fronts", !old.wanted.isNowhere(), !next.wanted.isNowhere());
    }

    /** An address of loopback leads nowhere else anyway, and any other is asked by its device. */
    private static boolean isInner(Front front, Lead lead) {
        return front.isOfNode() && lead.isInner();
    }

    /** Each endpoint stays where it is, as far as there is such a place, and new ones go where others were. */
    private static List<Endpoint> arranged(List<Endpoint> before, List<Endpoint> wanted) {
        Set<Endpoint> homeless = new LinkedHashSet<>(wanted);
        List<Endpoint> slots = new ArrayList<>(before.subList(0, Math.min(before.size(), homeless.size())));
        Set<Integer> free = new TreeSet<>();
        for (int slot = 0; slot < slots.size(); slot++) {
            if (!homeless.remove(slots.get(slot))) {
                free.add(slot);
            }
        }
        for (int slot : free) {
            Endpoint next = homeless.iterator().next();
            slots.set(slot, next);
            homeless.remove(next);
        }
        slots.addAll(homeless);
        return List.copyOf(slots);
    }

    /** The chain for so many endpoints, made where it is not there yet. It stays until the end: there are few. */
    private String spread(StringBuilder script, Front front, int count) {
        String name = front.its("spread_" + count);
        if (spreads.add(name)) {
            String chain = table + " " + name;
            script.append("""
                    add chain %1$s
                    add rule %1$s %2$s
                    add rule %1$s meta l4proto tcp dnat ip to %3$s . numgen random mod %4$d map @%5$s
                    """.formatted(
                    chain, Skeleton.take(forgetful).strip(), front.expression(), count, front.its("endpoints")));
        }
        return name;
    }
}
