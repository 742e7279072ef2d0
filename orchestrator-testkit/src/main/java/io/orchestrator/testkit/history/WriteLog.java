package io.orchestrator.testkit.history;

import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.StoreKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All writes in their order, as a watch from the beginning shows them, and the states between them: state 0 is empty, state
 * {@code n} is what the first {@code n} changes make of it.
 */
final class WriteLog {
    private final List<Change> changes;
    private final List<Map<StoreKey, Seen>> states = new ArrayList<>();
    private final Map<Long, Integer> byRevision = new HashMap<>();
    private final Map<String, Integer> byValue = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    WriteLog(List<Change> changes) {
        this.changes = List.copyOf(changes);
        states.add(Map.of());
        for (int i = 0; i < changes.size(); i++) {
            apply(changes.get(i), i);
        }
    }

    private void apply(Change change, int index) {
        Map<StoreKey, Seen> before = states.get(index);
        Map<StoreKey, Seen> after = new HashMap<>(before);
        Seen stood = before.get(change.key());
        if (index > 0 && change.revision() <= changes.get(index - 1).revision()) {
            violations.add("the watch shows " + describe(index) + " behind " + describe(index - 1));
        }
        if (change instanceof Change.Put put) {
            Seen now = Seen.of(put.entry());
            if (now.created() != (stood == null ? now.revision() : stood.created())) {
                violations.add("the watch shows " + describe(index) + " created at " + now.created() + ", on " + stood);
            }
            byValue.put(now.value(), index);
            after.put(change.key(), now);
        } else if (change instanceof Change.Removed removed) {
            if (stood == null || (removed.previous() != null && !stood.equals(Seen.of(removed.previous())))) {
                violations.add(
                        "the watch shows " + describe(index) + ", of " + removed.previous() + ", where stood " + stood);
            }
            after.remove(change.key());
        }
        byRevision.put(change.revision(), index);
        states.add(after);
    }

    /** What is wrong with the log in itself. */
    List<String> violations() {
        return violations;
    }

    int size() {
        return changes.size();
    }

    Change change(int index) {
        return changes.get(index);
    }

    List<Change> changes() {
        return changes;
    }

    Map<StoreKey, Seen> state(int position) {
        return states.get(position);
    }

    /** Where the change of this revision stands; -1 when there is none. */
    int indexOfRevision(long revision) {
        return byRevision.getOrDefault(revision, -1);
    }

    /** Where the put of this value stands; -1 when there is none. */
    int indexOfValue(String value) {
        return byValue.getOrDefault(value, -1);
    }

    /** The state as of this revision, by its number. */
    int positionAt(long revision) {
        int position = 0;
        while (position < changes.size() && changes.get(position).revision() <= revision) {
            position++;
        }
        return position;
    }

    /** Whether what the write is tied to stands in a state. */
    boolean stands(Expect expect, int position) {
        if (!(expect instanceof Expect.WhileStands tied)) {
            return true;
        }
        Seen guard = state(position).get(tied.guard());
        return guard != null && guard.created() == tied.createRevision();
    }

    /** Whether the rest of an expectation holds in a state. */
    boolean holds(StoreKey key, Expect expect, int position) {
        @Nullable Seen there = state(position).get(key);
        if (expect instanceof Expect.WhileStands tied) {
            return holds(key, tied.then(), position);
        }
        if (expect instanceof Expect.AtRevision at) {
            return there != null && there.revision() == at.revision();
        }
        return expect instanceof Expect.Anything || there == null;
    }

    String describe(int index) {
        Change change = changes.get(index);
        return (change instanceof Change.Put put ? "put " + Seen.of(put.entry()).value() : "removal") + " of "
                + change.key() + " at " + change.revision();
    }

    static boolean same(Change one, Change other) {
        return one.key().equals(other.key())
                && one.revision() == other.revision()
                && Objects.equals(value(one), value(other));
    }

    private static @Nullable Seen value(Change change) {
        return change instanceof Change.Put put ? Seen.of(put.entry()) : null;
    }
}
