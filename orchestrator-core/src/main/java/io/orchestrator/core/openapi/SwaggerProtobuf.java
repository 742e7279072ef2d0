package io.orchestrator.core.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.core.codec.JsonTrees;
import io.orchestrator.core.codec.protobuf.WireOutput;
import java.util.List;
import java.util.Map;

/** An OpenAPI v2 document as the protobuf message {@code openapi.v2.Document}, as far as our documents use it. */
final class SwaggerProtobuf {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "options", "head", "patch");
    private static final int FIRST_METHOD = 2;

    private final JsonTrees trees;

    SwaggerProtobuf(JsonTrees trees) {
        this.trees = trees;
    }

    byte[] document(JsonNode document) {
        WireOutput out = new WireOutput();
        out.string(1, document.path("swagger").asText());
        WireOutput info = new WireOutput();
        info.string(1, document.path("info").path("title").asText());
        info.string(2, document.path("info").path("version").asText());
        out.message(2, info);
        WireOutput paths = new WireOutput();
        document.path("paths")
                .properties()
                .forEach(path -> paths.message(2, named(path.getKey(), pathItem(path.getValue()))));
        out.message(8, paths);
        out.message(9, namedSchemas(document.path("definitions")));
        return out.toByteArray();
    }

    private WireOutput namedSchemas(JsonNode schemas) {
        WireOutput out = new WireOutput();
        schemas.properties().forEach(schema -> out.message(1, named(schema.getKey(), schema(schema.getValue()))));
        return out;
    }

    private static WireOutput named(String name, WireOutput value) {
        WireOutput out = new WireOutput();
        out.string(1, name);
        out.message(2, value);
        return out;
    }

    private WireOutput pathItem(JsonNode path) {
        WireOutput out = new WireOutput();
        for (int i = 0; i < METHODS.size(); i++) {
            if (path.has(METHODS.get(i))) {
                out.message(FIRST_METHOD + i, operation(path.get(METHODS.get(i))));
            }
        }
        path.path("parameters").forEach(parameter -> out.message(9, parametersItem(parameter)));
        return out;
    }

    private WireOutput operation(JsonNode operation) {
        WireOutput out = new WireOutput();
        operation.path("tags").forEach(tag -> out.string(1, tag.asText()));
        out.string(3, operation.path("description").asText());
        out.string(5, operation.path("operationId").asText());
        operation.path("produces").forEach(type -> out.string(6, type.asText()));
        operation.path("consumes").forEach(type -> out.string(7, type.asText()));
        operation.path("parameters").forEach(parameter -> out.message(8, parametersItem(parameter)));
        WireOutput responses = new WireOutput();
        operation.path("responses").properties().forEach(response -> {
            WireOutput value = new WireOutput();
            value.message(1, response(response.getValue()));
            responses.message(1, named(response.getKey(), value));
        });
        out.message(9, responses);
        operation.path("schemes").forEach(scheme -> out.string(10, scheme.asText()));
        extensions(operation, out, 13);
        return out;
    }

    private WireOutput response(JsonNode response) {
        WireOutput out = new WireOutput();
        out.string(1, response.path("description").asText());
        if (response.has("schema")) {
            WireOutput item = new WireOutput();
            item.message(1, schema(response.get("schema")));
            out.message(2, item);
        }
        return out;
    }

    private WireOutput parametersItem(JsonNode parameter) {
        WireOutput kind = new WireOutput();
        if (parameter.path("in").asText().equals("body")) {
            WireOutput body = new WireOutput();
            body.string(2, parameter.path("name").asText());
            body.string(3, "body");
            body.bool(4, parameter.path("required").asBoolean());
            body.message(5, schema(parameter.path("schema")));
            kind.message(1, body);
        } else {
            boolean query = parameter.path("in").asText().equals("query");
            WireOutput plain = new WireOutput();
            plain.bool(1, parameter.path("required").asBoolean());
            plain.string(2, parameter.path("in").asText());
            plain.string(3, parameter.path("description").asText());
            plain.string(4, parameter.path("name").asText());
            plain.string(query ? 6 : 5, parameter.path("type").asText());
            WireOutput nonBody = new WireOutput();
            nonBody.message(query ? 3 : 4, plain);
            kind.message(2, nonBody);
        }
        WireOutput item = new WireOutput();
        item.message(1, kind);
        return item;
    }

    private WireOutput schema(JsonNode schema) {
        WireOutput out = new WireOutput();
        text(schema, "$ref", out, 1);
        text(schema, "format", out, 2);
        text(schema, "description", out, 4);
        if (schema.has("default")) {
            out.message(5, any(schema.get("default")));
        }
        schema.path("required").forEach(name -> out.string(19, name.asText()));
        schema.path("enum").forEach(value -> out.message(20, any(value)));
        if (schema.path("additionalProperties").isObject()) {
            WireOutput item = new WireOutput();
            item.message(1, schema(schema.get("additionalProperties")));
            out.message(21, item);
        }
        if (schema.has("type")) {
            WireOutput types = new WireOutput();
            types.string(1, schema.get("type").asText());
            out.message(22, types);
        }
        if (schema.has("items")) {
            WireOutput items = new WireOutput();
            items.message(1, schema(schema.get("items")));
            out.message(23, items);
        }
        if (schema.has("properties")) {
            out.message(25, namedSchemas(schema.get("properties")));
        }
        extensions(schema, out, 31);
        return out;
    }

    private static void text(JsonNode from, String field, WireOutput out, int number) {
        if (from.has(field)) {
            out.string(number, from.get(field).asText());
        }
    }

    private void extensions(JsonNode from, WireOutput out, int number) {
        for (Map.Entry<String, JsonNode> field : from.properties()) {
            if (field.getKey().startsWith("x-")) {
                out.message(number, named(field.getKey(), any(field.getValue())));
            }
        }
    }

    /** Any value, as YAML, of which JSON is a part. */
    private WireOutput any(JsonNode value) {
        WireOutput out = new WireOutput();
        out.string(2, trees.text(value));
        return out;
    }
}
