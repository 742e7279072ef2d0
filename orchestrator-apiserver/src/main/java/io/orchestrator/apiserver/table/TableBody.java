package io.orchestrator.apiserver.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Objects as a {@code Table} of {@code meta.k8s.io}: what {@code kubectl get} asks for. Thread-safe. */
public final class TableBody {
    private final JsonFactory json = new JsonFactory();
    private final Printers printers;

    public TableBody(Printers printers) {
        this.printers = printers;
    }

    /**
     * How it is to be written.
     *
     * @param version of the table: v1 or v1beta1
     * @param withColumns a watch needs them in its first event only
     * @param include what each row carries of its object, as JSON; empty for nothing
     */
    public record Style(String version, boolean withColumns, Function<Resource, byte[]> include) {}

    /**
     * The table of these objects.
     *
     * @param remaining how many follow on further pages; null where that is not known
     */
    public <T extends Resource> byte[] write(
            ResourceType<T> type,
            List<? extends Resource> objects,
            String resourceVersion,
            String continueToken,
            @Nullable Long remaining,
            Instant now,
            Style style) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("kind", "Table");
            out.writeStringField("apiVersion", "meta.k8s.io/" + style.version());
            out.writeObjectFieldStart("metadata");
            out.writeStringField("resourceVersion", resourceVersion);
            if (!continueToken.isEmpty()) {
                out.writeStringField("continue", continueToken);
            }
            if (remaining != null) {
                out.writeNumberField("remainingItemCount", remaining);
            }
            out.writeEndObject();
            RowPrinter<T> printer = printers.of(type);
            columns(out, style.withColumns() ? printer.columns() : List.of());
            out.writeArrayFieldStart("rows");
            for (Resource object : objects) {
                row(
                        out,
                        printer.cells().apply(type.objectClass().cast(object), now),
                        style.include().apply(object));
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void columns(JsonGenerator out, List<Column> columns) throws IOException {
        if (columns.isEmpty()) {
            out.writeNullField("columnDefinitions");
            return;
        }
        out.writeArrayFieldStart("columnDefinitions");
        for (Column column : columns) {
            out.writeStartObject();
            out.writeStringField("name", column.name());
            out.writeStringField("type", column.type());
            out.writeStringField("format", column.format());
            out.writeStringField("description", column.description());
            out.writeNumberField("priority", column.priority());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void row(JsonGenerator out, List<?> cells, byte[] object) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("cells");
        for (Object cell : cells) {
            if (cell instanceof Integer number) {
                out.writeNumber(number);
            } else if (cell instanceof Long number) {
                out.writeNumber(number);
            } else if (cell instanceof Double number) {
                out.writeNumber(number);
            } else if (cell instanceof Boolean truth) {
                out.writeBoolean(truth);
            } else if (cell == null) {
                out.writeNull();
            } else {
                out.writeString(String.valueOf(cell));
            }
        }
        out.writeEndArray();
        if (object.length > 0) {
            out.writeFieldName("object");
            out.writeRawValue(new String(object, StandardCharsets.UTF_8));
        }
        out.writeEndObject();
    }
}
