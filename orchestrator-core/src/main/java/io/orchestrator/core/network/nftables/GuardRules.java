package io.orchestrator.core.network.nftables;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words that lead some clients alone: for each front that is for ranges of them a chain, which lets the others pass to the proxy
 * beneath, by which they are refused. Owned by the rules.
 */
final class GuardRules {
    private final String table;
    private final Map<Front, Guard> guards = new HashMap<>();
    private int named;

    /** One front's. @param verdict on who is in a range */
    private record Guard(String chain, List<String> ranges, String verdict) {}

    GuardRules(String table) {
        this.table = table;
    }

    void forget() {
        guards.clear();
    }

    /**
     * Sees to it that a chain leads clients of these ranges.
     *
     * @param verdict on them
     * @param script gets what is to be said before the front is led here
     * @return the chain
     */
    String lead(Front front, List<String> ranges, String verdict, StringBuilder script) {
        Guard known = guards.get(front);
        String chain = known == null ? "guard_" + named++ : known.chain;
        Guard next = new Guard(chain, ranges, verdict);
        if (!next.equals(known)) {
            guards.put(front, next);
            script.append(known == null ? "add" : "flush").append(" chain " + table + " " + chain + "\n");
            for (String range : ranges) {
                script.append("add rule " + table + " " + chain + " ip saddr " + range + " " + verdict + "\n");
            }
        }
        return chain;
    }

    /** The front is led here no longer. */
    void leave(Front front, StringBuilder script) {
        Guard guard = guards.remove(front);
        if (guard != null) {
            script.append("delete chain " + table + " " + guard.chain + "\n");
        }
    }
}
