package io.orchestrator.apiserver.table;

import io.orchestrator.api.meta.Resource;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The columns of a kind and the cells of an object.
 *
 * @param cells one per column, each a String or an Integer
 */
public record RowPrinter<T extends Resource>(List<Column> columns, BiFunction<T, Instant, List<Object>> cells) {
    public RowPrinter {
        columns = List.copyOf(columns);
    }

    /** What is shown of a kind that nobody described. */
    public static RowPrinter<Resource> plain() {
        return new RowPrinter<>(
                List.of(Column.name("Name, unique within a namespace"), Column.age()),
                (object, now) -> List.of(object.metadata().name(), Age.of(object, now)));
    }
}
