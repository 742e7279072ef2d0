package io.orchestrator.core.schema;

import io.orchestrator.api.meta.Bytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The type of a field, a list item or a map value. Immutable.
 *
 * <p>The schema of a record is looked up when it is first asked for, so that types may contain themselves and a cluster
 * reads only the schemas that it uses.
 */
public final class TypeSchema {
    private final Kind kind;
    private final Class<?> javaType;
    private final @Nullable TypeSchema element;
    private final @Nullable Schemas schemas;
    /** A benign race: every thread would find the same immutable schema. */
    private @Nullable RecordSchema record;

    private TypeSchema(Kind kind, Class<?> javaType, @Nullable TypeSchema element, @Nullable Schemas schemas) {
        this.kind = kind;
        this.javaType = javaType;
        this.element = element;
        this.schemas = schemas;
    }

    static TypeSchema scalar(Kind kind, Class<?> javaType) {
        return new TypeSchema(kind, javaType, null, null);
    }

    static TypeSchema listOf(TypeSchema element) {
        return new TypeSchema(Kind.LIST, List.class, element, null);
    }

    static TypeSchema mapOf(TypeSchema value) {
        return new TypeSchema(Kind.MAP, Map.class, value, null);
    }

    static TypeSchema recordOf(Class<?> type, Schemas schemas) {
        return new TypeSchema(Kind.RECORD, type, null, schemas);
    }

    public Kind kind() {
        return kind;
    }

    public Class<?> javaType() {
        return javaType;
    }

    /** The items of a list, or the values of a map. */
    public TypeSchema element() {
        if (element == null) {
            throw new IllegalStateException(kind + " has no elements");
        }
        return element;
    }

    /** The record's own schema. */
    public RecordSchema record() {
        RecordSchema known = record;
        if (known == null) {
            if (schemas == null) {
                throw new IllegalStateException(kind + " is no record");
            }
            known = schemas.of(javaType);
            record = known;
        }
        return known;
    }

    /** Whether it is what Go leaves out when a field says {@code omitempty}, which does not know an empty struct. */
    public boolean isZero(Object value) {
        return switch (kind) {
            case STRING -> ((String) value).isEmpty();
            case INT -> (int) value == 0;
            case LONG -> (long) value == 0;
            case DOUBLE -> (double) value == 0;
            case BOOLEAN -> !(boolean) value;
            case BYTES -> ((Bytes) value).isEmpty();
            case LIST -> ((List<?>) value).isEmpty();
            case MAP -> ((Map<?, ?>) value).isEmpty();
            case RECORD, QUANTITY, INT_OR_STRING, TIME, MICRO_TIME, RAW -> false;
        };
    }

    /** Whether an empty one is null when it is written all the same: a nil slice or map in Go. */
    public boolean isNullWhenEmpty() {
        return kind == Kind.LIST || kind == Kind.MAP || kind == Kind.BYTES;
    }

    /** As Go calls it: error messages show it. */
    public String goName() {
        return switch (kind) {
            case STRING -> "string";
            case INT -> "int32";
            case LONG -> "int64";
            case DOUBLE -> "float64";
            case BOOLEAN -> "bool";
            case BYTES -> "[]uint8";
            case QUANTITY -> "resource.Quantity";
            case INT_OR_STRING -> "intstr.IntOrString";
            case TIME -> "v1.Time";
            case MICRO_TIME -> "v1.MicroTime";
            case RAW -> "runtime.RawExtension";
            case LIST -> "[]" + element().goName();
            case MAP -> "map[string]" + element().goName();
            case RECORD -> "v1." + javaType.getSimpleName();
        };
    }

    @Override
    public String toString() {
        return goName();
    }
}
