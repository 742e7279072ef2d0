package io.orchestrator.testkit.store;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a store means, as simply as it can be said: a copy of the whole map for each revision. One thread. */
final class ModelStore {
    private final List<Map<String, Entry>> states = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    ModelStore() {
        states.add(Map.of());
        states.add(Map.of());
    }

    long revision() {
        return states.size() - 1L;
    }

    Map<String, Entry> at(long revision) {
        return states.get((int) revision);
    }

    /** What happened behind a revision, a line each. */
    List<String> logAfter(long revision) {
        return log.subList((int) revision - 1, log.size());
    }

    /** Whether what the write is tied to stands. */
    boolean stands(Expect expect) {
        if (expect instanceof Expect.WhileStands tied) {
            Entry guard = current(tied.guard());
            return guard != null && guard.createRevision() == tied.createRevision();
        }
        return true;
    }

    boolean holds(StoreKey key, Expect expect) {
        if (expect instanceof Expect.WhileStands tied) {
            return stands(tied) && holds(key, tied.then());
        }
        Entry current = current(key);
        if (expect instanceof Expect.AtRevision at) {
            return current != null && current.revision() == at.revision();
        }
        return expect instanceof Expect.Anything || current == null;
    }

    @Nullable
    Entry current(StoreKey key) {
        return at(revision()).get(key.path());
    }

    Entry put(StoreKey key, StoreValue value) {
        Entry current = current(key);
        long next = revision() + 1;
        Entry entry = new Entry(key, value, current == null ? next : current.createRevision(), next);
        Map<String, Entry> state = new TreeMap<>(at(revision()));
        state.put(key.path(), entry);
        states.add(state);
        log.add("put " + entry);
        return entry;
    }

    void delete(StoreKey key) {
        Map<String, Entry> state = new TreeMap<>(at(revision()));
        Entry previous = state.remove(key.path());
        states.add(state);
        log.add("removed " + key + " at " + revision() + " was " + previous);
    }
}
