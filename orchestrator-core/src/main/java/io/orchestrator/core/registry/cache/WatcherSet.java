package io.orchestrator.core.registry.cache;

import io.orchestrator.spi.store.StoreKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The watchers of one cache, sorted so that a change finds those that it concerns without asking all: with a thousand nodes
 * that each watch their own pods, a pod's change wakes one. Not thread-safe: the cache guards it.
 */
final class WatcherSet {
    private final Set<Watcher> untriggered = new LinkedHashSet<>();
    private final Map<String, Set<Watcher>> triggered = new HashMap<>();
    private int wantingBookmarks;

    void add(Watcher watcher) {
        String trigger = watcher.selection().trigger();
        if (trigger.isEmpty()) {
            untriggered.add(watcher);
        } else {
            triggered.computeIfAbsent(trigger, key -> new LinkedHashSet<>()).add(watcher);
        }
        wantingBookmarks += watcher.wantsBookmarks() ? 1 : 0;
    }

    void remove(Watcher watcher) {
        String trigger = watcher.selection().trigger();
        Set<Watcher> set = trigger.isEmpty() ? untriggered : triggered.get(trigger);
        if (set == null || !set.remove(watcher)) {
            return;
        }
        wantingBookmarks -= watcher.wantsBookmarks() ? 1 : 0;
        if (set.isEmpty()) {
            triggered.remove(trigger);
        }
    }

    /** Those that may see the object under this key before or after its change. */
    void concerned(StoreKey key, String triggerBefore, String triggerAfter, Consumer<Watcher> action) {
        offer(untriggered, key, action);
        if (!triggered.isEmpty()) {
            offer(triggered.getOrDefault(triggerAfter, Set.of()), key, action);
            if (!triggerBefore.equals(triggerAfter)) {
                offer(triggered.getOrDefault(triggerBefore, Set.of()), key, action);
            }
        }
    }

    boolean wantsBookmarks() {
        return wantingBookmarks > 0;
    }

    int size() {
        return untriggered.size()
                + triggered.values().stream().mapToInt(Set::size).sum();
    }

    List<Watcher> all() {
        List<Watcher> all = new ArrayList<>(untriggered);
        triggered.values().forEach(all::addAll);
        return all;
    }

    private static void offer(Set<Watcher> some, StoreKey key, Consumer<Watcher> action) {
        for (Watcher watcher : some) {
            if (key.startsWith(watcher.selection().folder())) {
                action.accept(watcher);
            }
        }
    }
}
