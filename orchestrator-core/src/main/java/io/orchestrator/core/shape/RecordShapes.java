package io.orchestrator.core.shape;

import io.orchestrator.core.cel.FieldNames;
import io.orchestrator.core.cel.ValueShape;
import io.orchestrator.core.cel.ValueType;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.schema.TypeSchema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What expressions may know of objects by their records: their types, not their sizes. A record that holds itself may hold
 * anything there. Confined.
 */
public final class RecordShapes {
    private static final ValueShape TEXT = simple(ValueType.TEXT);

    private final Schemas schemas;
    private final Map<Class<?>, ValueShape> known = new HashMap<>();
    private final Deque<Class<?>> around = new ArrayDeque<>();

    public RecordShapes(Schemas schemas) {
        this.schemas = schemas;
    }

    /** @param record of a whole object or of a part */
    public ValueShape of(Class<?> record) {
        ValueShape shape = known.get(record);
        if (shape != null) {
            return shape;
        }
        if (around.contains(record)) {
            return simple(ValueType.ANY);
        }
        around.push(record);
        RecordSchema schema = schemas.of(record);
        Map<String, ValueShape> fields = new HashMap<>();
        if (schema.isTopLevel()) {
            fields.put("apiVersion", TEXT);
            fields.put("kind", TEXT);
        }
        schema.fields().forEach(field -> {
            ValueShape each = of(field.type());
            FieldNames.forms(field.name()).forEach(form -> fields.put(form, each));
        });
        around.pop();
        ValueShape found = ValueShape.object(fields, 0);
        known.put(record, found);
        return found;
    }

    private ValueShape of(TypeSchema type) {
        return switch (type.kind()) {
            case STRING -> TEXT;
            case INT, LONG -> simple(ValueType.WHOLE);
            case DOUBLE -> simple(ValueType.FLOATING);
            case BOOLEAN -> simple(ValueType.TRUTH);
            case BYTES -> simple(ValueType.BYTES);
            case TIME, MICRO_TIME -> simple(ValueType.MOMENT);
            case QUANTITY, INT_OR_STRING, RAW -> simple(ValueType.ANY);
            case LIST -> ValueShape.list(of(type.element()), 0);
            case MAP -> ValueShape.map(of(type.element()), 0);
            case RECORD -> of(type.record().type());
        };
    }

    private static ValueShape simple(ValueType type) {
        return ValueShape.simple(type, 0, 0);
    }
}
