package io.orchestrator.core.registry.custom;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one path. Confined. */
final class JsonPathParser {
    private static final Set<String> OPERATORS = Set.of("==", "!=", "<=", ">=", "<", ">");
    private static final int LONGEST = 2_048;

    private final String text;
    private int at;

    JsonPathParser(String text) {
        this.text = text;
    }

    List<JsonPath.Step> parse() {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("is longer than " + LONGEST + " characters");
        }
        if (text.isEmpty() || text.charAt(0) != '.' && text.charAt(0) != '[') {
            throw new IllegalArgumentException("must begin with a dot");
        }
        List<JsonPath.Step> steps = steps("");
        if (at < text.length()) {
            throw unexpected();
        }
        return steps;
    }

    /** @param end characters at which a path inside a filter ends */
    private List<JsonPath.Step> steps(String end) {
        List<JsonPath.Step> steps = new ArrayList<>();
        while (at < text.length() && end.indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at) == '.') {
                at++;
                if (at < text.length() && text.charAt(at) == '[') {
                    continue;
                }
                if (at == text.length()) {
                    // A single dot is the object itself; "a." is as good as "a" to Kubernetes.
                    break;
                }
                steps.add(field(end));
            } else if (text.charAt(at) == '[') {
                at++;
                steps.add(subscript());
            } else {
                throw unexpected();
            }
        }
        return steps;
    }

    private JsonPath.Step field(String end) {
        StringBuilder name = new StringBuilder();
        while (at < text.length() && ".[".indexOf(text.charAt(at)) < 0 && end.indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            name.append(text.charAt(at++));
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("recursive descent and empty names are not supported");
        }
        return name.toString().equals("*") ? new JsonPath.Step.All() : new JsonPath.Step.Field(name.toString());
    }

    private JsonPath.Step subscript() {
        JsonPath.Step step;
        if (take("*")) {
            step = new JsonPath.Step.All();
        } else if (take("?(@")) {
            step = filter();
        } else if (at < text.length() && isQuote(text.charAt(at))) {
            step = new JsonPath.Step.Field(quoted());
        } else {
            step = new JsonPath.Step.Index(number());
        }
        if (!take("]")) {
            throw unexpected();
        }
        return step;
    }

    private JsonPath.Step filter() {
        List<JsonPath.Step> path = steps(" =!<>)");
        skipBlanks();
        if (take(")")) {
            return new JsonPath.Step.Filter(path, "", null);
        }
        String operator = operator();
        skipBlanks();
        Object value = value();
        skipBlanks();
        if (!take(")")) {
            throw unexpected();
        }
        return new JsonPath.Step.Filter(path, operator, value);
    }

    private String operator() {
        for (int length = 2; length > 0; length--) {
            if (at + length <= text.length() && OPERATORS.contains(text.substring(at, at + length))) {
                at += length;
                return text.substring(at - length, at);
            }
        }
        throw unexpected();
    }

    private @Nullable Object value() {
        if (at < text.length() && isQuote(text.charAt(at))) {
            return quoted();
        }
        if (take("true")) {
            return true;
        }
        if (take("false")) {
            return false;
        }
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            return Double.valueOf(text.substring(from, at));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("has no value to compare with at position " + from, e);
        }
    }

    private int number() {
        int from = at;
        while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            return Integer.parseInt(text.substring(from, at));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("has no index at position " + from, e);
        }
    }

    private String quoted() {
        char quote = text.charAt(at++);
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        if (at == text.length()) {
            throw new IllegalArgumentException("has a quote that does not end");
        }
        at++;
        return value.toString();
    }

    private static boolean isQuote(char character) {
        return character == '\'' || character == '"';
    }

    private boolean take(String expected) {
        if (text.startsWith(expected, at)) {
            at += expected.length();
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException(
                at < text.length()
                        ? "has an unexpected '" + text.charAt(at) + "' at position " + at
                        : "ends too early");
    }
}
