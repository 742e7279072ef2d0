package io.orchestrator.core.network.nftables;

import io.orchestrator.core.network.nftables.Lead.Sticky;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words that make clients stay with their endpoint: for each service that wants it a chain, which looks for the client in a set for
 * each endpoint and draws one when it is in none. Whoever is led somewhere is remembered there, from then on. Owned by the rules.
 */
final class StickyRules {
    private final String table;
    private final Map<String, Group> groups = new HashMap<>();
    private int named;

    /** One service's. */
    private static final class Group {
        final String chain;
        final Sticky sticky;
        final Set<Front> fronts = new HashSet<>();
        Map<Endpoint, String> names = new LinkedHashMap<>();

        Group(String chain, Sticky sticky) {
            this.chain = chain;
            this.sticky = sticky;
        }
    }

    StickyRules(String table) {
        this.table = table;
    }

    void forget() {
        groups.clear();
    }

    /**
     * Sees to it that the service's chain leads to these endpoints.
     *
     * @param take what is done with a packet before it is led to its endpoint
     * @param before gets what is to be said before the fronts are led here
     * @param after gets what can be taken away once nothing leads there
     * @return the chain
     */
    String lead(
            Front front,
            List<Endpoint> endpoints,
            Sticky sticky,
            String take,
            StringBuilder before,
            StringBuilder after) {
        Group group = groups.get(key(sticky));
        if (group == null) {
            group = new Group("stick_" + named++, sticky);
            groups.put(key(sticky), group);
            say(before, "add chain " + table + " " + group.chain);
        }
        group.fronts.add(front);
        if (!List.copyOf(group.names.keySet()).equals(endpoints)) {
            become(group, endpoints, take, before, after);
        }
        return group.chain;
    }

    private void become(Group group, List<Endpoint> endpoints, String take, StringBuilder before, StringBuilder after) {
        Map<Endpoint, String> names = new LinkedHashMap<>();
        for (Endpoint endpoint : endpoints) {
            String name = group.names.get(endpoint);
            names.put(endpoint, name == null ? begun(group, endpoint, take, before) : name);
        }
        Map<Endpoint, String> gone = new LinkedHashMap<>(group.names);
        gone.keySet().removeAll(names.keySet());
        group.names = names;
        say(before, "flush chain " + table + " " + group.chain);
        List<String> draw = new ArrayList<>();
        names.values().forEach(name -> {
            rule(before, group.chain, "ip saddr @who_" + name + " goto take_" + name);
            draw.add(draw.size() + " : goto take_" + name);
        });
        rule(before, group.chain, "numgen random mod " + draw.size() + " vmap { " + String.join(", ", draw) + " }");
        gone.values().forEach(name -> end(name, after));
    }

    private String begun(Group group, Endpoint endpoint, String take, StringBuilder before) {
        String name = String.valueOf(named++);
        say(
                before,
                "add set " + table + " who_" + name + " { type ipv4_addr; flags dynamic,timeout; timeout "
                        + group.sticky.seconds() + "s; size 65535; }");
        say(before, "add chain " + table + " take_" + name);
        rule(before, "take_" + name, "update @who_" + name + " { ip saddr }");
        rule(
                before,
                "take_" + name,
                take + "meta l4proto tcp dnat ip to " + endpoint.address() + ":" + endpoint.port());
        return name;
    }

    /** The front is led here no longer. */
    void leave(Front front, Sticky sticky, StringBuilder after) {
        Group group = groups.get(key(sticky));
        if (group != null && group.fronts.remove(front) && group.fronts.isEmpty()) {
            groups.remove(key(sticky));
            say(after, "delete chain " + table + " " + group.chain);
            group.names.values().forEach(name -> end(name, after));
        }
    }

    private void end(String name, StringBuilder after) {
        say(after, "delete chain " + table + " take_" + name);
        say(after, "delete set " + table + " who_" + name);
    }

    /** One that is to remember for another time begins anew. */
    private static String key(Sticky sticky) {
        return sticky.service() + " " + sticky.seconds();
    }

    private void rule(StringBuilder script, String chain, String rule) {
        say(script, "add rule " + table + " " + chain + " " + rule);
    }

    private static void say(StringBuilder script, String line) {
        script.append(line).append('\n');
    }
}
