package io.orchestrator.core.schedule.framework;

import java.util.List;

/** What a filter says about a pod on a node. */
public sealed interface Verdict {

    /** Nothing speaks against it. */
    record Fits() implements Verdict {}

    /**
     * The pod cannot run there.
     *
     * @param reasons each worded so that a count in front of it reads well: {@code 3 Insufficient cpu}
     * @param resolvable whether it could if other pods went away; where not, none is driven out for it
     */
    record Unfit(List<String> reasons, boolean resolvable) implements Verdict {
        public Unfit {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("a node is not refused without a reason");
            }
        }
    }

    static Verdict fits() {
        return Verdicts.FITS;
    }

    /** Refuses, and pods that go away could change that. */
    static Unfit unfit(String reason) {
        return new Unfit(List.of(reason), true);
    }

    static Unfit unfit(List<String> reasons) {
        return new Unfit(reasons, true);
    }

    /** Refuses, whichever pods go away. */
    static Unfit unresolvable(String reason) {
        return new Unfit(List.of(reason), false);
    }

    static Unfit unresolvable(List<String> reasons) {
        return new Unfit(reasons, false);
    }
}
