package io.orchestrator.core.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Which records of the journal go once the floor has passed a revision: what a write took the place of, and the removals
 * themselves. In the order of the revisions that make them go.
 */
final class Garbage {
    private record Piece(long goesAt, long revision) {}

    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();

    /** @param replaced the revision of what it took the place of, 0 for nothing */
    void add(long revision, boolean removal, long replaced) {
        if (replaced != 0) {
            pieces.add(new Piece(revision, replaced));
        }
        if (removal) {
            pieces.add(new Piece(revision, revision));
        }
    }

    /** What goes with this floor, when it is at least so much. */
    List<Long> due(long floor, int atLeast) {
        List<Long> due = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.goesAt > floor) {
                break;
            }
            due.add(piece.revision);
        }
        return due.size() < atLeast ? List.of() : due;
    }

    /** So many of what was due are gone. */
    void swept(int count) {
        for (int i = 0; i < count; i++) {
            pieces.remove();
        }
    }
}
