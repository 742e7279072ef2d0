package io.orchestrator.core.schedule.framework;

import java.util.Set;

/** What a plugin says about a pod before any node is looked at. */
public sealed interface PreFilter {

    /** Every node is to be filtered. */
    record Proceed() implements PreFilter {}

    /** The pod asks for nothing that this plugin looks at: its filter is not called for it. */
    record Skip() implements PreFilter {}

    /** Only these nodes come into question; what several plugins name is intersected. */
    record Only(Set<String> nodes) implements PreFilter {
        public Only {
            nodes = Set.copyOf(nodes);
        }
    }

    /** No node will do. The reasons are shown without a count. */
    record Refuse(Verdict.Unfit why) implements PreFilter {}

    static PreFilter proceed() {
        return Verdicts.PROCEED;
    }

    static PreFilter skip() {
        return Verdicts.SKIP;
    }

    static PreFilter only(Set<String> nodes) {
        return new Only(nodes);
    }

    static PreFilter refuse(Verdict.Unfit why) {
        return new Refuse(why);
    }
}
