package io.orchestrator.core.schema;

import com.google.re2j.Pattern;
import io.orchestrator.api.model.apiextensions.JSONSchemaProps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a value of a custom resource, read from its definition: what a {@link RecordSchema} is to a kind that has a
 * record. Immutable and shared by all threads.
 *
 * <p>Structure (fields, items, other fields) says what may be there; everything else says what values are valid. Patterns run
 * in time linear in the text, whatever the pattern.
 */
public final class StructuralSchema {
    /** What is known of nothing. */
    public static final StructuralSchema ANYTHING = new StructuralSchema(new Parts(
            JSONSchemaProps.EMPTY,
            Map.of(),
            null,
            null,
            false,
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            List.of()));

    private static final String MAP = "map";
    private static final String SET = "set";
    private static final String ATOMIC = "atomic";

    private final Parts parts;
    private final @Nullable Pattern pattern;
    private final boolean ruled;

    /**
     * What a schema consists of.
     *
     * @param declared the schema as the definition has it
     * @param additional the schema of fields that have none of their own; null where none is given
     * @param anyAdditional whether such fields are there, whatever they are
     * @param defaultValue as plain JSON; null for none
     * @param enumValues as plain JSON; empty where all values will do
     */
    public record Parts(
            JSONSchemaProps declared,
            Map<String, StructuralSchema> properties,
            @Nullable StructuralSchema items,
            @Nullable StructuralSchema additional,
            boolean anyAdditional,
            List<StructuralSchema> allOf,
            List<StructuralSchema> anyOf,
            List<StructuralSchema> oneOf,
            @Nullable StructuralSchema not,
            @Nullable Object defaultValue,
            List<@Nullable Object> enumValues) {}

    /** @throws com.google.re2j.PatternSyntaxException when the pattern is none */
    public StructuralSchema(Parts parts) {
        this.parts = parts;
        String expression = parts.declared().pattern();
        this.pattern = expression.isEmpty() ? null : Pattern.compile(expression);
        this.ruled = !parts.declared().validations().isEmpty()
                || parts.properties().values().stream().anyMatch(StructuralSchema::hasRules)
                || parts.items() != null && parts.items().hasRules()
                || parts.additional() != null && parts.additional().hasRules();
    }

    /** As the definition has it. */
    public JSONSchemaProps declared() {
        return parts.declared();
    }

    /** The type, such as {@code object}; empty where it is left open. */
    public String type() {
        return parts.declared().type();
    }

    public Map<String, StructuralSchema> properties() {
        return parts.properties();
    }

    public @Nullable StructuralSchema items() {
        return parts.items();
    }

    /** The schema of fields that have none of their own; null where none is given. */
    public @Nullable StructuralSchema additional() {
        return parts.additional();
    }

    /** The schema of a field of this name; null for one that is not known. */
    public @Nullable StructuralSchema child(String name) {
        StructuralSchema own = parts.properties().get(name);
        if (own != null) {
            return own;
        }
        return parts.additional() != null ? parts.additional() : parts.anyAdditional() ? ANYTHING : null;
    }

    public List<StructuralSchema> allOf() {
        return parts.allOf();
    }

    public List<StructuralSchema> anyOf() {
        return parts.anyOf();
    }

    public List<StructuralSchema> oneOf() {
        return parts.oneOf();
    }

    public @Nullable StructuralSchema not() {
        return parts.not();
    }

    public Optional<Object> defaultValue() {
        return Optional.ofNullable(parts.defaultValue());
    }

    /** The only values; empty where all will do. */
    public List<@Nullable Object> enumValues() {
        return parts.enumValues();
    }

    /** Whether the pattern, if there is one, is found in the text. */
    public boolean matchesPattern(String text) {
        return pattern == null || pattern.matcher(text).find();
    }

    public boolean nullable() {
        return parts.declared().nullable();
    }

    public boolean intOrString() {
        return parts.declared().intOrString();
    }

    public boolean embeddedResource() {
        return parts.declared().embeddedResource();
    }

    /** Whether fields that are not known are kept. */
    public boolean preservesUnknown() {
        return Boolean.TRUE.equals(parts.declared().preserveUnknownFields());
    }

    /** Whether items are told apart by keys. */
    public boolean isKeyedList() {
        return MAP.equals(parts.declared().listType());
    }

    /** Whether each item is there at most once. */
    public boolean isSet() {
        return SET.equals(parts.declared().listType());
    }

    public List<String> keys() {
        return parts.declared().listMapKeys();
    }

    /** Whether server-side apply sees an object or list as one value. */
    public boolean atomic() {
        return ATOMIC.equals(parts.declared().mapType())
                || ATOMIC.equals(parts.declared().listType());
    }

    /** Whether there are rules in CEL, here or below. */
    public boolean hasRules() {
        return ruled;
    }

    @Override
    public String toString() {
        return "schema of " + (type().isEmpty() ? "anything" : type());
    }
}
