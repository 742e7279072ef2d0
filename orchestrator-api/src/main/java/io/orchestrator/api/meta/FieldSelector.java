package io.orchestrator.api.meta;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Chooses objects by a few of their fields, such as {@code spec.nodeName=n1,status.phase!=Running}. All terms must hold. Which
 * fields may be named depends on the kind and is the registry's to say.
 */
public record FieldSelector(List<Term> terms) {
    private static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    /**
     * One comparison.
     *
     * @param negated whether the field must have another value
     */
    public record Term(String field, String value, boolean negated) {
        boolean matches(String actual) {
            return actual.equals(value) != negated;
        }

        @Override
        public String toString() {
            return field + (negated ? "!=" : "=") + escape(value);
        }
    }

    public FieldSelector {
        terms = List.copyOf(terms);
    }

    public static FieldSelector everything() {
        return EVERYTHING;
    }

    public static FieldSelector of(String field, String value) {
        return new FieldSelector(List.of(new Term(field, value, false)));
    }

    /**
     * Reads terms of {@code =}, {@code ==} and {@code !=}, separated by commas. In values, {@code \}, {@code ,} and {@code =} are
     * escaped by {@code \}. A value may be empty.
     *
     * @throws IllegalArgumentException if the text is not a field selector
     */
    public static FieldSelector parse(String text) {
        List<Term> terms = new ArrayList<>();
        for (String part : split(text)) {
            if (!part.isEmpty()) {
                terms.add(term(text, part));
            }
        }
        return terms.isEmpty() ? EVERYTHING : new FieldSelector(terms);
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Term term(String text, String part) {
        for (int i = 0; i < part.length(); i++) {
            if (part.startsWith("!=", i)) {
                return new Term(part.substring(0, i), unescape(part.substring(i + 2)), true);
            }
            if (part.startsWith("==", i)) {
                return new Term(part.substring(0, i), unescape(part.substring(i + 2)), false);
            }
            if (part.charAt(i) == '=') {
                return new Term(part.substring(0, i), unescape(part.substring(i + 1)), false);
            }
        }
        throw new IllegalArgumentException("invalid selector: '" + text + "'; can't understand '" + part + "'");
    }

    private static String unescape(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        boolean escaped = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean special = c == '\\' || c == ',' || c == '=';
            if (escaped && !special) {
                throw new IllegalArgumentException("invalid field selector: invalid escape sequence: \\" + c);
            }
            if (!escaped && special && c != '\\') {
                throw new IllegalArgumentException("invalid field selector: unescaped character in value: " + c);
            }
            if (escaped || !special) {
                plain.append(c);
                escaped = false;
            } else {
                escaped = true;
            }
        }
        if (escaped) {
            throw new IllegalArgumentException("invalid field selector: invalid escape sequence: \\");
        }
        return plain.toString();
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
    }

    /** @param fields gives a field's value, empty where there is none */
    public boolean matches(UnaryOperator<String> fields) {
        for (Term term : terms) {
            if (!term.matches(fields.apply(term.field()))) {
                return false;
            }
        }
        return true;
    }

    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** The one value that the field must have, if the selector is so strict. */
    public Optional<String> exactValueOf(String field) {
        return terms.stream()
                .filter(term -> !term.negated() && term.field().equals(field))
                .map(Term::value)
                .findFirst();
    }

    /** The form of a query. */
    @Override
    public String toString() {
        return terms.stream().map(Term::toString).collect(Collectors.joining(","));
    }
}
