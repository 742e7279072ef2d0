package io.orchestrator.core.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Shapes as types of expressions. Objects with fields become types of their own, named by where they stand, in a way that no
 * expression can write. Confined to whoever makes a compiler.
 */
final class ShapeTypes {
    private final Map<String, CelType> structs = new LinkedHashMap<>();

    /** The types of objects by their names. Immutable. */
    private static final class Structs implements CelTypeProvider {
        private final ImmutableMap<String, CelType> types;

        Structs(Map<String, CelType> types) {
            this.types = ImmutableMap.copyOf(types);
        }

        @Override
        public ImmutableCollection<CelType> types() {
            return types.values();
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(types.get(name));
        }
    }

    /** @param variable under which expressions know the value */
    CelType ofVariable(String variable, ValueShape shape) {
        return of(shape, "@" + variable);
    }

    private CelType of(ValueShape shape, String name) {
        ValueShape element = shape.element();
        return switch (shape.type()) {
            case OPTIONAL -> OptionalType.create(element == null ? SimpleType.DYN : of(element, name));
            // A list or map that may be null has no type that says so.
            case LIST ->
                shape.nullable() || element == null ? SimpleType.DYN : ListType.create(of(element, name + ".@items"));
            case OBJECT -> {
                if (element == null) {
                    yield struct(shape, name);
                }
                yield shape.nullable()
                        ? SimpleType.DYN
                        : MapType.create(SimpleType.STRING, of(element, name + ".@values"));
            }
            case TEXT, WHOLE, FLOATING, TRUTH, BYTES ->
                shape.nullable()
                        ? NullableType.create(shape.type().type())
                        : shape.type().type();
            default -> shape.nullable() ? SimpleType.DYN : shape.type().type();
        };
    }

    private CelType struct(ValueShape shape, String name) {
        ImmutableMap.Builder<String, CelType> types = ImmutableMap.builder();
        shape.fields().forEach((field, each) -> types.put(field, of(each, name + "." + field)));
        ImmutableMap<String, CelType> fields = types.buildOrThrow();
        StructType type = StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
        structs.put(name, type);
        return type;
    }

    /** What a compiler must know to tell the fields of all that was asked for. */
    CelTypeProvider provider() {
        return new Structs(structs);
    }

    /** The same, and one more type. */
    CelTypeProvider providerWith(StructType type) {
        Map<String, CelType> all = new LinkedHashMap<>(structs);
        all.put(type.name(), type);
        return new Structs(all);
    }
}
