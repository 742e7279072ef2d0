package io.orchestrator.core.network.nftables;

import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Elements of a table's maps and sets that go and come. All that goes is said before what comes: an element is changed by both. */
final class Elements {
    private final String table;
    private final Map<String, List<String>> gone = new LinkedHashMap<>();
    private final Map<String, List<String>> come = new LinkedHashMap<>();

    Elements(String table) {
        this.table = table;
    }

    void gone(Front front, String map, String element) {
        gone.computeIfAbsent(front.its(map), each -> new ArrayList<>()).add(element);
    }

    void come(Front front, String map, String element) {
        come.computeIfAbsent(front.its(map), each -> new ArrayList<>()).add(element);
    }

    /** In the set afterwards, or not, where it was in it before, or not. */
    void member(Front front, String set, boolean before, boolean after) {
        if (before && !after) {
            gone(front, set, front.toString());
        } else if (after && !before) {
            come(front, set, front.toString());
        }
    }

    /** By which device clients come that are as near to the endpoints as these are to each other; empty for none. */
    void near(Front front, String before, String after) {
        if (!before.equals(after)) {
            if (!before.isEmpty()) {
                gone(front, "near", "\"" + before + "\" . " + front);
            }
            if (!after.isEmpty()) {
                come(front, "near", "\"" + after + "\" . " + front);
            }
        }
    }

    /** Which verdict the front leads to; empty for none. */
    void verdict(Front front, String before, String after) {
        if (!before.equals(after)) {
            if (!before.isEmpty()) {
                gone(front, "services", front.toString());
            }
            if (!after.isEmpty()) {
                come(front, "services", front + " : " + after);
            }
        }
    }

    /** Which endpoint is in which place. */
    void slots(Front front, List<Endpoint> before, List<Endpoint> after) {
        for (int slot = 0; slot < Math.max(before.size(), after.size()); slot++) {
            Endpoint old = slot < before.size() ? before.get(slot) : null;
            Endpoint next = slot < after.size() ? after.get(slot) : null;
            if (!Objects.equals(old, next)) {
                String key = front + " . " + slot;
                if (old != null) {
                    gone(front, "endpoints", key);
                }
                if (next != null) {
                    come(front, "endpoints", key + " : " + next.address() + " . " + next.port());
                }
            }
        }
    }

    /** In which zone the kernel remembers whom it led from which bucket. */
    void zones(Front front, List<Integer> before, List<Integer> after) {
        for (int bucket = 0; bucket < Math.max(before.size(), after.size()); bucket++) {
            Integer old = bucket < before.size() ? before.get(bucket) : null;
            Integer next = bucket < after.size() ? after.get(bucket) : null;
            if (!Objects.equals(old, next)) {
                String key = front + " . " + bucket;
                if (old != null) {
                    gone(front, "zones", key);
                }
                if (next != null) {
                    come(front, "zones", key + " : " + next);
                }
            }
        }
    }

    /** Pods that ask for themselves; those on loopback all reach themselves. */
    void own(Front front, List<Endpoint> before, List<Endpoint> after) {
        Set<String> one = networked(before);
        Set<String> other = networked(after);
        one.stream().filter(each -> !other.contains(each)).forEach(each -> gone(front, "own", each + " . " + front));
        other.stream().filter(each -> !one.contains(each)).forEach(each -> come(front, "own", each + " . " + front));
    }

    private static Set<String> networked(List<Endpoint> endpoints) {
        Set<String> addresses = new TreeSet<>();
        for (Endpoint endpoint : endpoints) {
            if (!Lead.isInner(endpoint)) {
                addresses.add(endpoint.address());
            }
        }
        return addresses;
    }

    /** Whoever leads somewhere goes first and comes last. */
    String script() {
        StringBuilder script = new StringBuilder();
        List<String> maps = List.of("near", "services", "endpoints", "zones", "own", "inner", "fronts");
        for (String map : maps) {
            Front.KINDS.forEach(kind -> say(script, "delete", kind.its(map), gone));
        }
        for (int i = maps.size() - 1; i >= 0; i--) {
            String map = maps.get(i);
            Front.KINDS.forEach(kind -> say(script, "add", kind.its(map), come));
        }
        return script.toString();
    }

    private void say(StringBuilder script, String verb, String map, Map<String, List<String>> all) {
        List<String> elements = all.getOrDefault(map, List.of());
        if (!elements.isEmpty()) {
            script.append(verb)
                    .append(" element ")
                    .append(table)
                    .append(' ')
                    .append(map)
                    .append(" { ")
                    .append(String.join(", ", elements))
                    .append(" }\n");
        }
    }
}
