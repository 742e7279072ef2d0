package io.orchestrator.api.meta;

import io.orchestrator.api.meta.Requirement.Operator;
import java.util.ArrayList;
import java.util.List;

/** Reads the query form of a label selector, token by token. */
final class SelectorParser {
    private static final String END = "";
    private static final String SYMBOLS = "=!(),><";

    private final List<String> tokens;
    private int next;

    SelectorParser(String text) {
        tokens = tokens(text);
    }

    List<Requirement> parse() {
        List<Requirement> requirements = new ArrayList<>();
        if (peek().equals(END)) {
            return requirements;
        }
        while (true) {
            requirements.add(requirement());
            String separator = take();
            if (separator.equals(END)) {
                return requirements;
            }
            if (!separator.equals(",")) {
                throw unexpected(separator, "',' or the end");
            }
            if (!isWord(peek()) && !peek().equals("!")) {
                throw unexpected(peek(), "a label key after ','");
            }
        }
    }

    private Requirement requirement() {
        boolean negated = peek().equals("!");
        if (negated) {
            take();
        }
        String key = take();
        if (!isWord(key)) {
            throw unexpected(key, negated ? "a label key" : "'!', a label key or the end");
        }
        if (negated) {
            return new Requirement(key, Operator.DOES_NOT_EXIST, List.of());
        }
        if (peek().equals(END) || peek().equals(",")) {
            return new Requirement(key, Operator.EXISTS, List.of());
        }
        String symbol = take();
        return switch (symbol) {
            case "=" -> exact(key, Operator.EQUALS);
            case "==" -> exact(key, Operator.DOUBLE_EQUALS);
            case "!=" -> exact(key, Operator.NOT_EQUALS);
            case ">" -> exact(key, Operator.GREATER_THAN);
            case "<" -> exact(key, Operator.LESS_THAN);
            case "in" -> new Requirement(key, Operator.IN, values());
            case "notin" -> new Requirement(key, Operator.NOT_IN, values());
            default -> throw unexpected(symbol, "one of: in, notin, =, ==, !=, >, <");
        };
    }

    private Requirement exact(String key, Operator operator) {
        if (peek().equals(END) || peek().equals(",")) {
            return new Requirement(key, operator, List.of(""));
        }
        if (!isWord(peek())) {
            throw unexpected(peek(), "a label value");
        }
        return new Requirement(key, operator, List.of(take()));
    }

    /** Values in parentheses; one that is left out is the empty value. */
    private List<String> values() {
        if (!peek().equals("(")) {
            throw unexpected(peek(), "'('");
        }
        take();
        List<String> values = new ArrayList<>();
        while (true) {
            values.add(isWord(peek()) ? take() : "");
            String separator = take();
            if (separator.equals(")")) {
                return values;
            }
            if (!separator.equals(",")) {
                throw unexpected(separator, "',' or ')'");
            }
        }
    }

    private String peek() {
        return tokens.get(next);
    }

    private String take() {
        return next < tokens.size() - 1 ? tokens.get(next++) : END;
    }

    private static boolean isWord(String token) {
        return !token.equals(END) && SYMBOLS.indexOf(token.charAt(0)) < 0;
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isSpace(c)) {
                at++;
                continue;
            }
            int end = at + 1;
            if (SYMBOLS.indexOf(c) < 0) {
                while (end < text.length() && !isSpace(text.charAt(end)) && SYMBOLS.indexOf(text.charAt(end)) < 0) {
                    end++;
                }
            } else if ((c == '=' || c == '!') && end < text.length() && text.charAt(end) == '=') {
                end++;
            }
            tokens.add(text.substring(at, end));
            at = end;
        }
        tokens.add(END);
        return tokens;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static IllegalArgumentException unexpected(String found, String expected) {
        return new IllegalArgumentException(
                "unable to parse requirement: found '" + found + "', expected: " + expected);
    }
}
