package io.orchestrator.core.registry.defaults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Edits every item of a list, and keeps the list where nothing changed. */
final class Each {
    private Each() {}

    static <T> List<T> of(List<T> items, UnaryOperator<T> edit) {
        if (items.isEmpty()) {
            return items;
        }
        List<T> edited = new ArrayList<>(items.size());
        for (T item : items) {
            edited.add(edit.apply(item));
        }
        return edited.equals(items) ? items : edited;
    }
}
