package io.orchestrator.core.shape;

import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.model.apiextensions.JSONSchemaProps;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.codec.PlainValues;
import io.orchestrator.core.schema.StructuralSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes schemas of what definitions say. Thread-safe. */
public final class SchemaBuilder {
    private final ObjectCodec codec;

    public SchemaBuilder(ObjectCodec codec) {
        this.codec = codec;
    }

    /**
     * The schema. What the definition's own validation refuses, this need not take.
     *
     * @throws io.orchestrator.core.codec.DecodeException when a nested schema cannot be read
     * @throws com.google.re2j.PatternSyntaxException when a pattern is none
     */
    public StructuralSchema build(JSONSchemaProps schema) {
        Map<String, StructuralSchema> properties = new LinkedHashMap<>();
        schema.properties().forEach((name, property) -> properties.put(name, build(property)));
        JSONSchemaProps additional = nested(schema.additionalProperties());
        JSONSchemaProps items = nested(schema.items());
        JSONSchemaProps not = schema.not();
        List<@Nullable Object> values = new ArrayList<>();
        schema.enumValues().forEach(value -> values.add(value(value)));
        return new StructuralSchema(new StructuralSchema.Parts(
                schema,
                properties,
                items == null ? null : build(items),
                additional == null ? null : build(additional),
                allows(schema.additionalProperties()),
                all(schema.allOf()),
                all(schema.anyOf()),
                all(schema.oneOf()),
                not == null ? null : build(not),
                schema.defaultValue() == null ? null : value(schema.defaultValue()),
                values));
    }

    private List<StructuralSchema> all(List<JSONSchemaProps> schemas) {
        return schemas.stream().map(this::build).toList();
    }

    /** Whether it is {@code true} instead of a schema. */
    public static boolean allows(@Nullable RawJson either) {
        return either != null && either.json().equals("true");
    }

    /** The schema where either a schema or something else may stand; null for the else. */
    public @Nullable JSONSchemaProps nested(@Nullable RawJson either) {
        return either != null && either.json().startsWith("{")
                ? codec.read(codec.trees().parse(either.json()), JSONSchemaProps.class)
                        .value()
                : null;
    }

    public @Nullable Object value(RawJson json) {
        return PlainValues.of(codec.trees().parse(json.json()));
    }
}
