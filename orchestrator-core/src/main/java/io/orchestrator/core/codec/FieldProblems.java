package io.orchestrator.core.codec;

import java.util.ArrayList;
import java.util.List;

/** What a strict reader would refuse: unknown and duplicate fields, in the order found. Confined to one decoding. */
final class FieldProblems {
    /** More of them help nobody, and a hostile body could name a million. */
    private static final int MAX = 100;

    private final List<String> found = new ArrayList<>(0);

    void unknown(String path) {
        add("unknown field \"" + path + "\"");
    }

    void duplicate(String path) {
        add("duplicate field \"" + path + "\"");
    }

    boolean full() {
        return found.size() >= MAX;
    }

    List<String> found() {
        return List.copyOf(found);
    }

    private void add(String problem) {
        if (!full() && !found.contains(problem)) {
            found.add(problem);
        }
    }
}
