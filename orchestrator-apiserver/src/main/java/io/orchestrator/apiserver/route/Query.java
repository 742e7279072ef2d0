package io.orchestrator.apiserver.route;

import io.orchestrator.api.client.ApiException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a request. Values that cannot be read are answered with BadRequest, and by name. */
public final class Query {
    private final Map<String, List<String>> values;

    private Query(Map<String, List<String>> values) {
        this.values = values;
    }

    /** @param raw what follows the question mark; may be empty */
    public static Query parse(String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        return new Query(values);
    }

    /** The first value; empty where there is none. */
    public String text(String name) {
        List<String> found = values.get(name);
        return found == null ? "" : found.get(0);
    }

    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** True for {@code true} and {@code 1}, as Go's ParseBool has it; false where it is absent. */
    public boolean flag(String name) {
        return switch (text(name)) {
            case "", "0", "f", "F", "false", "FALSE", "False" -> false;
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            default -> throw unreadable(name, text(name), "a boolean");
        };
    }

    /** A number that is not negative; 0 where it is absent. */
    public long number(String name) {
        long value = signed(name);
        if (value < 0) {
            throw unreadable(name, text(name), "a number that is not negative");
        }
        return value;
    }

    /** Any number; 0 where it is absent. */
    public long signed(String name) {
        String text = text(name);
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw unreadable(name, text, "a number");
        }
    }

    private static ApiException unreadable(String name, String value, String wanted) {
        return ApiException.badRequest("invalid query parameter " + name + ": \"" + value + "\" is not " + wanted);
    }

    private static String decode(String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("the query string is not URL-encoded: " + e.getMessage());
        }
    }
}
