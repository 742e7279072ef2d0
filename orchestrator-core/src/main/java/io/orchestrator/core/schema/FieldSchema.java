package io.orchestrator.core.schema;

import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.MapType;
import io.orchestrator.api.schema.PatchStrategy;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One field of a record: what its component's annotation says, and the way to its value. Immutable. */
public final class FieldSchema {
    private final String name;
    private final byte[] encodedName;
    private final int index;
    private final TypeSchema type;
    private final boolean nullable;
    private final boolean alwaysWritten;
    private final Field declaration;
    private final List<String> mapKeys;
    private final List<PatchStrategy> patch;
    private final MethodHandle accessor;

    FieldSchema(String name, int index, TypeSchema type, boolean nullable, Field declaration, MethodHandle accessor) {
        this.name = name;
        this.encodedName = ('"' + name + "\":").getBytes(StandardCharsets.UTF_8);
        this.index = index;
        this.type = type;
        this.nullable = nullable;
        this.declaration = declaration;
        // Asked for at every writing, and an annotation answers by way of a proxy and a map.
        this.alwaysWritten = declaration.alwaysWritten();
        this.mapKeys = List.of(declaration.mapKeys());
        this.patch = List.of(declaration.patch());
        this.accessor = accessor;
    }

    /** As on the wire. */
    public String name() {
        return name;
    }

    /** The name in JSON, with its quotes and the colon behind it; made once, and not to be changed. */
    public byte[] encodedName() {
        return encodedName;
    }

    /** Its place among the record's components. */
    public int index() {
        return index;
    }

    public TypeSchema type() {
        return type;
    }

    /** Whether the value may be null: a pointer in Go, so that absent differs from empty. */
    public boolean nullable() {
        return nullable;
    }

    /** Whether Go writes it when it is empty: a list, map or pointer as null. */
    public boolean alwaysWritten() {
        return alwaysWritten;
    }

    public boolean required() {
        return declaration.required();
    }

    public String description() {
        return declaration.value();
    }

    /** JSON; empty for none. */
    public String defaultValue() {
        return declaration.defaultValue();
    }

    /** The key by which a strategic merge patch finds list items; empty where lists are replaced or hold scalars. */
    public String mergeKey() {
        return declaration.mergeKey();
    }

    public List<PatchStrategy> patch() {
        return patch;
    }

    /** How server-side apply treats a list. */
    public ListType listType() {
        return declaration.listType();
    }

    public List<String> mapKeys() {
        return mapKeys;
    }

    /** How server-side apply treats a map or record. */
    public MapType mapType() {
        return declaration.mapType();
    }

    /** The only values, where it is an enumeration. */
    public List<String> enumValues() {
        return List.of(declaration.enumValues());
    }

    /** The protobuf field number; 0 where it has none. */
    public int tag() {
        return declaration.tag();
    }

    /** The number of the message that Go embeds the field by, as {@link Field#within} has it; 0 where it is the record's own. */
    public int within() {
        return declaration.within();
    }

    /** The value in this record; null only where {@link #nullable()}. */
    public @Nullable Object get(Object record) {
        try {
            return (Object) accessor.invokeExact(record);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name + " " + type;
    }
}
