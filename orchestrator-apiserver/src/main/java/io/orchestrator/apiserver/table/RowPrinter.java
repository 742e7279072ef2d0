package io.orchestrator.apiserver.table;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.registry.TableColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a kind and the cells of an object.
 *
 * @param cells one per column, each a text, a number, a truth value or, where there is nothing to show, null
 */
public record RowPrinter<T extends Resource>(List<Column> columns, BiFunction<T, Instant, ? extends List<?>> cells) {
    public RowPrinter {
        columns = List.copyOf(columns);
    }

    /** What is shown of a kind that nobody described. */
    public static RowPrinter<Resource> plain() {
        return new RowPrinter<>(
                List.of(Column.name("Name, unique within a namespace"), Column.age()),
                (object, now) -> List.of(object.metadata().name(), Age.of(object, now)));
    }

    /** The name, and the columns that the kind itself brings. */
    static <T extends Resource> RowPrinter<T> of(List<TableColumn<T>> own) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.name("Name, unique within a namespace"));
        own.forEach(each ->
                columns.add(new Column(each.name(), each.type(), each.format(), each.description(), each.priority())));
        return new RowPrinter<>(columns, (object, now) -> {
            List<@Nullable Object> cells = new ArrayList<>();
            cells.add(object.metadata().name());
            own.forEach(each -> cells.add(cell(each.cell().apply(object, now), now)));
            return cells;
        });
    }

    /** Moments are shown by their age. */
    private static @Nullable Object cell(@Nullable Object value, Instant now) {
        return value instanceof Instant moment ? Age.human(Duration.between(moment, now)) : value;
    }
}
