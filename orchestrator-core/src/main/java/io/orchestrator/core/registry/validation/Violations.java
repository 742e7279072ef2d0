package io.orchestrator.core.registry.validation;

import io.orchestrator.api.client.Cause;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with one object, in the words of Kubernetes' field errors. Confined to the thread that validates.
 */
public final class Violations {
    private final List<Cause> causes = new ArrayList<>();

    public void required(Path field) {
        required(field, "");
    }

    public void required(Path field, String detail) {
        add("FieldValueRequired", field, detail.isEmpty() ? "Required value" : "Required value: " + detail);
    }

    public void invalid(Path field, @Nullable Object value, String detail) {
        add("FieldValueInvalid", field, "Invalid value: " + quoted(value) + (detail.isEmpty() ? "" : ": " + detail));
    }

    /** @param value a structure as it is to be printed, without quotes */
    public void invalidStruct(Path field, String value, String detail) {
        add("FieldValueInvalid", field, "Invalid value: " + value + ": " + detail);
    }

    /** One violation for each of the reasons that a name check gave. */
    public void invalid(Path field, String value, List<String> details) {
        for (String detail : details) {
            invalid(field, value, detail);
        }
    }

    public void notSupported(Path field, String value, Collection<String> supported) {
        String list = supported.stream().map(Violations::quoted).collect(Collectors.joining(", "));
        add("FieldValueNotSupported", field, "Unsupported value: " + quoted(value) + ": supported values: " + list);
    }

    public void duplicate(Path field, @Nullable Object value) {
        add("FieldValueDuplicate", field, "Duplicate value: " + quoted(value));
    }

    public void forbidden(Path field, String detail) {
        add("FieldValueForbidden", field, "Forbidden: " + detail);
    }

    public void tooLong(Path field, int maxBytes) {
        add("FieldValueTooLong", field, "Too long: may not be more than " + maxBytes + " bytes");
    }

    public void tooMany(Path field, int actual, int max) {
        add(
                "FieldValueTooMany",
                field,
                "Too many: " + actual + ": must have at most " + max + (max == 1 ? " item" : " items"));
    }

    public void notFound(Path field, String value) {
        add("FieldValueNotFound", field, "Not found: " + quoted(value));
    }

    /** Reports {@code value} when it is not empty and not among {@code supported}. */
    public void oneOf(Path field, String value, Collection<String> supported) {
        if (!supported.contains(value)) {
            notSupported(field, value, supported);
        }
    }

    public boolean isEmpty() {
        return causes.isEmpty();
    }

    public int count() {
        return causes.size();
    }

    public List<Cause> causes() {
        return List.copyOf(causes);
    }

    private void add(String reason, Path field, String message) {
        causes.add(new Cause(reason, field.toString(), message));
    }

    private static String quoted(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof List<?> list) {
            return "[]string{" + list.stream().map(Violations::quoted).collect(Collectors.joining(", ")) + "}";
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> quoted(entry.getKey()) + ":" + quoted(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof IntOrString number && !number.isText()) {
            return Integer.toString(number.number());
        }
        if (value instanceof LabelSelector selector) {
            return selector.matchExpressions().isEmpty()
                    ? "{\"matchLabels\":" + quoted(selector.matchLabels()) + "}"
                    : quoted(Selector.of(selector).toString());
        }
        if (value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value).toLowerCase(Locale.ROOT);
        }
        return '"'
                + String.valueOf(value)
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                + '"';
    }
}
