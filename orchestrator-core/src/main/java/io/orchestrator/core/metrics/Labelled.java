package io.orchestrator.core.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * One counter, distribution or number for each combination of labels that has occurred. Whoever labels sees to it that there
 * are few combinations: nothing that a stranger chooses may be a label. Thread-safe.
 *
 * @param <M> what is kept for each
 */
public final class Labelled<M> {
    private final Map<List<String>, M> kept = new ConcurrentHashMap<>();
    private final List<String> names;
    private final Supplier<M> maker;

    /** @param names of the labels */
    public Labelled(Supplier<M> maker, String... names) {
        this.names = List.of(names);
        this.maker = maker;
    }

    /** What is kept for these values of the labels. */
    public M with(String... values) {
        List<String> key = List.of(values);
        M known = kept.get(key);
        if (known != null) {
            return known;
        }
        if (key.size() != names.size()) {
            throw new IllegalArgumentException("labels " + names + " cannot be " + Arrays.toString(values));
        }
        return kept.computeIfAbsent(key, absent -> maker.get());
    }

    /** Calls with the labels, names and values in turn, and what is kept for them. */
    public void forEach(BiConsumer<String[], M> action) {
        kept.forEach((values, measured) -> {
            String[] labels = new String[2 * names.size()];
            for (int i = 0; i < names.size(); i++) {
                labels[2 * i] = names.get(i);
                labels[2 * i + 1] = values.get(i);
            }
            action.accept(labels, measured);
        });
    }
}
