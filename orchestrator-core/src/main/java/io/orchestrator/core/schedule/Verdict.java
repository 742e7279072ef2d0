package io.orchestrator.core.schedule;

import java.util.List;

/** What a filter says about a pod on a node. */
public sealed interface Verdict {

    /** Nothing speaks against it. */
    record Fits() implements Verdict {}

    /**
     * The pod cannot run there.
     *
     * @param reasons each worded so that a count in front of it reads well: {@code 3 Insufficient cpu}
     */
    record Unfit(List<String> reasons) implements Verdict {
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

    static Verdict unfit(String reason) {
        return new Unfit(List.of(reason));
    }

    static Verdict unfit(List<String> reasons) {
        return new Unfit(reasons);
    }
}
