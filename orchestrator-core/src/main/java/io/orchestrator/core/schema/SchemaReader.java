package io.orchestrator.core.schema;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Field;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one record class by reflection. */
final class SchemaReader {
    private static final Map<Class<?>, Kind> SCALARS = Map.ofEntries(
            Map.entry(String.class, Kind.STRING),
            Map.entry(int.class, Kind.INT),
            Map.entry(Integer.class, Kind.INT),
            Map.entry(long.class, Kind.LONG),
            Map.entry(Long.class, Kind.LONG),
            Map.entry(double.class, Kind.DOUBLE),
            Map.entry(Double.class, Kind.DOUBLE),
            Map.entry(boolean.class, Kind.BOOLEAN),
            Map.entry(Boolean.class, Kind.BOOLEAN),
            Map.entry(Bytes.class, Kind.BYTES),
            Map.entry(Quantity.class, Kind.QUANTITY),
            Map.entry(IntOrString.class, Kind.INT_OR_STRING),
            Map.entry(Time.class, Kind.TIME),
            Map.entry(MicroTime.class, Kind.MICRO_TIME),
            Map.entry(RawJson.class, Kind.RAW));

    private static final Map<Class<?>, Object> ZEROS =
            Map.of(int.class, 0, long.class, 0L, boolean.class, false, double.class, 0.0);

    private final Schemas schemas;

    SchemaReader(Schemas schemas) {
        this.schemas = schemas;
    }

    RecordSchema read(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException(type + " is no record");
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?>[] parameters =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            MethodHandle constructor = lookup.findConstructor(type, MethodType.methodType(void.class, parameters))
                    .asSpreader(Object[].class, parameters.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
            @Nullable
            Object[] absent = Arrays.stream(parameters).map(ZEROS::get).toArray();
            Object empty = new RecordSchema(type, List.of(), constructor, absent).newInstance(absent.clone());
            List<FieldSchema> fields = new ArrayList<>(components.length);
            for (int index = 0; index < components.length; index++) {
                fields.add(field(lookup, components[index], index, empty));
            }
            return new RecordSchema(type, fields, constructor, absent);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " is no public record", e);
        }
    }

    /**
     * A component of which an empty record says null is a pointer in Go. (The annotation that says the same need not be
     * on the host's class path.)
     */
    private FieldSchema field(MethodHandles.Lookup lookup, RecordComponent component, int index, Object empty)
            throws IllegalAccessException {
        Field declaration = component.getAnnotation(Field.class);
        if (declaration == null) {
            throw new IllegalArgumentException(
                    component.getDeclaringRecord() + ": " + component.getName() + " lacks its @Field");
        }
        MethodHandle accessor =
                lookup.unreflect(component.getAccessor()).asType(MethodType.methodType(Object.class, Object.class));
        String name = declaration.name().isEmpty() ? component.getName() : declaration.name();
        TypeSchema type = type(component.getGenericType());
        FieldSchema probe = new FieldSchema(name, index, type, false, declaration, accessor);
        return new FieldSchema(name, index, type, probe.get(empty) == null, declaration, accessor);
    }

    private TypeSchema type(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return TypeSchema.listOf(type(arguments[0]));
            }
            if (generic.getRawType() == Map.class && arguments[0] == String.class) {
                return TypeSchema.mapOf(type(arguments[1]));
            }
        } else if (type instanceof Class<?> plain) {
            Kind scalar = SCALARS.get(plain);
            if (scalar != null) {
                return TypeSchema.scalar(scalar, plain);
            }
            if (plain.isRecord()) {
                return TypeSchema.recordOf(plain, schemas);
            }
        }
        throw new IllegalArgumentException(type + " has no shape on the wire");
    }
}
