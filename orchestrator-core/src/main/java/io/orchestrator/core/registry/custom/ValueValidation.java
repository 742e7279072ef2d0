package io.orchestrator.core.registry.custom;

import io.orchestrator.api.model.apiextensions.JSONSchemaProps;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.core.schema.StructuralSchema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value is what its schema wants, in the words of Kubernetes. What an update leaves as it was is not judged again:
 * a schema that has become stricter must not lock objects up. Pure functions.
 */
final class ValueValidation {
    private final Violations violations;

    ValueValidation(Violations violations) {
        this.violations = violations;
    }

    /** @param old what stood there before; null for nothing */
    void check(@Nullable Object value, @Nullable Object old, StructuralSchema schema, Path path) {
        if (old != null && old.equals(value)) {
            return;
        }
        if (value == null) {
            if (!schema.nullable() && schema != StructuralSchema.ANYTHING) {
                wrongType(path, schema, "null");
            }
            return;
        }
        if (!hasType(value, schema)) {
            wrongType(path, schema, typeOf(value));
            return;
        }
        enumeration(value, schema, path);
        logic(value, schema, path);
        if (value instanceof Map<?, ?> object) {
            object(object, old instanceof Map<?, ?> before ? before : Map.of(), schema, path);
        } else if (value instanceof List<?> list) {
            list(list, old instanceof List<?> before ? before : List.of(), schema, path);
        } else if (value instanceof String text) {
            text(text, schema, path);
        } else if (value instanceof Number number) {
            number(number, schema.declared(), path);
        }
    }

    private static boolean hasType(Object value, StructuralSchema schema) {
        if (schema.intOrString()) {
            return value instanceof String || isWhole(value);
        }
        return switch (schema.type()) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> isWhole(value);
            case "number" -> value instanceof Number;
            default -> true;
        };
    }

    private static boolean isWhole(Object value) {
        return value instanceof Long || value instanceof Double number && number == Math.rint(number);
    }

    static String typeOf(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Map) {
            return "object";
        }
        if (value instanceof List) {
            return "array";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        return value instanceof Long ? "integer" : value instanceof Number ? "number" : "string";
    }

    private void wrongType(Path path, StructuralSchema schema, String found) {
        String wanted = schema.intOrString() ? "integer,string" : schema.type();
        violations.invalid(path, found, path + " in body must be of type " + wanted + ": \"" + found + "\"");
    }

    private void enumeration(Object value, StructuralSchema schema, Path path) {
        List<@Nullable Object> values = schema.enumValues();
        if (!values.isEmpty() && values.stream().noneMatch(each -> same(each, value))) {
            violations.notSupported(
                    path,
                    String.valueOf(value),
                    values.stream().map(String::valueOf).toList());
        }
    }

    private static boolean same(@Nullable Object one, Object other) {
        return one instanceof Number first && other instanceof Number second
                ? decimal(first).compareTo(decimal(second)) == 0
                : Objects.equals(one, other);
    }

    private void logic(Object value, StructuralSchema schema, Path path) {
        for (StructuralSchema each : schema.allOf()) {
            check(value, null, each, path);
        }
        if (!schema.anyOf().isEmpty() && schema.anyOf().stream().noneMatch(each -> holds(value, each, path))) {
            violations.invalid(path, typeOf(value), "\"" + path + "\" must validate at least one schema (anyOf)");
        }
        if (!schema.oneOf().isEmpty()) {
            long valid = schema.oneOf().stream()
                    .filter(each -> holds(value, each, path))
                    .count();
            if (valid != 1) {
                violations.invalid(
                        path,
                        typeOf(value),
                        "\"" + path + "\" must validate one and only one schema (oneOf). Found "
                                + (valid == 0 ? "none valid" : valid + " valid alternatives"));
            }
        }
        StructuralSchema not = schema.not();
        if (not != null && holds(value, not, path)) {
            violations.invalid(path, typeOf(value), "\"" + path + "\" must not validate the schema (not)");
        }
    }

    private static boolean holds(Object value, StructuralSchema schema, Path path) {
        Violations found = new Violations();
        new ValueValidation(found).check(value, null, schema, path);
        return found.isEmpty();
    }

    private void object(Map<?, ?> object, Map<?, ?> old, StructuralSchema schema, Path path) {
        JSONSchemaProps declared = schema.declared();
        for (String name : declared.required()) {
            if (!object.containsKey(name)) {
                violations.required(path.child(name));
            }
        }
        Long max = declared.maxProperties();
        if (max != null && object.size() > max) {
            violations.tooMany(path, object.size(), Math.toIntExact(max));
        }
        Long min = declared.minProperties();
        if (min != null && object.size() < min) {
            violations.invalid(path, object.size(), path + " in body should have at least " + min + " properties");
        }
        if (schema.embeddedResource()) {
            EmbeddedObjects.check(object, path, violations);
        }
        object.forEach((name, value) -> {
            StructuralSchema child = schema.child(String.valueOf(name));
            if (child != null) {
                check(value, old.get(name), child, path.child(String.valueOf(name)));
            }
        });
    }

    private void list(List<?> list, List<?> old, StructuralSchema schema, Path path) {
        JSONSchemaProps declared = schema.declared();
        Long max = declared.maxItems();
        if (max != null && list.size() > max) {
            violations.tooMany(path, list.size(), Math.toIntExact(max));
        }
        Long min = declared.minItems();
        if (min != null && list.size() < min) {
            violations.invalid(path, list.size(), path + " in body should have at least " + min + " items");
        }
        ListItems items = ListItems.of(schema, list);
        items.duplicates().forEach((index, item) -> violations.duplicate(path.index(index), item));
        StructuralSchema item = schema.items();
        if (item == null) {
            return;
        }
        ListItems before = ListItems.of(schema, old);
        for (int i = 0; i < list.size(); i++) {
            check(list.get(i), before.counterpart(items, i), item, path.index(i));
        }
    }

    private void text(String text, StructuralSchema schema, Path path) {
        JSONSchemaProps declared = schema.declared();
        int length = text.codePointCount(0, text.length());
        Long max = declared.maxLength();
        if (max != null && length > max) {
            violations.tooLong(path, Math.toIntExact(max));
        }
        Long min = declared.minLength();
        if (min != null && length < min) {
            violations.invalid(path, text, path + " in body should be at least " + min + " chars long");
        }
        if (!schema.matchesPattern(text)) {
            violations.invalid(path, text, path + " in body should match '" + declared.pattern() + "'");
        }
        if (!Formats.holds(declared.format(), text)) {
            violations.invalid(
                    path, text, path + " in body must be of type " + declared.format() + ": \"" + text + "\"");
        }
    }

    private void number(Number number, JSONSchemaProps declared, Path path) {
        BigDecimal value = decimal(number);
        Double max = declared.maximum();
        if (max != null) {
            int order = value.compareTo(decimal(max));
            if (order > 0 || order == 0 && declared.exclusiveMaximum()) {
                violations.invalid(
                        path,
                        number,
                        path + " in body should be less than " + (declared.exclusiveMaximum() ? "" : "or equal to ")
                                + plain(max));
            }
        }
        Double min = declared.minimum();
        if (min != null) {
            int order = value.compareTo(decimal(min));
            if (order < 0 || order == 0 && declared.exclusiveMinimum()) {
                violations.invalid(
                        path,
                        number,
                        path + " in body should be greater than " + (declared.exclusiveMinimum() ? "" : "or equal to ")
                                + plain(min));
            }
        }
        Double step = declared.multipleOf();
        if (step != null && step > 0 && value.remainder(decimal(step)).signum() != 0) {
            violations.invalid(path, number, path + " in body should be a multiple of " + plain(step));
        }
        boolean small = declared.format().equals("int32");
        if (small && value.compareTo(BigDecimal.valueOf(value.intValue())) != 0) {
            violations.invalid(path, number, path + " in body must be of type int32: \"" + plain(number) + "\"");
        }
    }

    private static BigDecimal decimal(Number number) {
        return number instanceof Long whole ? BigDecimal.valueOf(whole) : BigDecimal.valueOf(number.doubleValue());
    }

    private static String plain(Number number) {
        return decimal(number).stripTrailingZeros().toPlainString();
    }
}
