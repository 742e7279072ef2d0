package io.orchestrator.core.codec;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.util.List;
import java.util.Map;

/** What null means as a list item or map value: Go's zero value. */
final class EmptyValues {
    private EmptyValues() {}

    static Object of(TypeSchema type) {
        return switch (type.kind()) {
            case STRING -> "";
            case INT -> 0;
            case LONG -> 0L;
            case DOUBLE -> 0.0;
            case BOOLEAN -> false;
            case BYTES -> Bytes.EMPTY;
            case QUANTITY -> Quantity.ZERO;
            case INT_OR_STRING -> IntOrString.ZERO;
            case LIST -> List.of();
            case MAP -> Map.of();
            case RECORD -> {
                RecordSchema schema = type.record();
                yield schema.newInstance(schema.newArguments());
            }
            case RAW -> RawJson.NULL;
            case TIME, MICRO_TIME -> throw new DecodeException("null is no " + type.goName() + " in a list or map");
        };
    }
}
