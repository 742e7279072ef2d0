package io.orchestrator.api.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** One way to write the type of a field, for what Java says and for what the OpenAPI says. */
final class WireTypes {
    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final Map<Type, String> SCALARS = Map.ofEntries(
            Map.entry(String.class, "string"),
            Map.entry(boolean.class, "boolean"),
            Map.entry(Boolean.class, "boolean"),
            Map.entry(int.class, "integer:int32"),
            Map.entry(Integer.class, "integer:int32"),
            Map.entry(long.class, "integer:int64"),
            Map.entry(Long.class, "integer:int64"),
            Map.entry(Bytes.class, "string:byte"),
            Map.entry(Time.class, META + "Time"),
            Map.entry(MicroTime.class, META + "MicroTime"),
            Map.entry(RawJson.class, "json"),
            Map.entry(Quantity.class, "io.k8s.apimachinery.pkg.api.resource.Quantity"),
            Map.entry(IntOrString.class, "io.k8s.apimachinery.pkg.util.intstr.IntOrString"));

    private WireTypes() {}

    static String name(RecordComponent component) {
        String name = component.getAnnotation(Field.class).name();
        return name.isEmpty() ? component.getName() : name;
    }

    static String of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class ? "[" + of(arguments[0]) + "]" : "{" + of(arguments[1]) + "}";
        }
        String scalar = SCALARS.get(type);
        return scalar != null ? scalar : Reference.definitionName((Class<?>) type);
    }

    static String of(JsonNode schema) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asText().replace("#/definitions/", "");
            boolean json = name.endsWith(".RawExtension") || name.endsWith(".FieldsV1");
            return json ? "json" : name;
        }
        String type = schema.path("type").asText();
        if (type.equals("array")) {
            return "[" + of(schema.path("items")) + "]";
        }
        if (type.equals("object")) {
            return "{" + of(schema.path("additionalProperties")) + "}";
        }
        return schema.has("format") ? type + ":" + schema.path("format").asText() : type;
    }
}
