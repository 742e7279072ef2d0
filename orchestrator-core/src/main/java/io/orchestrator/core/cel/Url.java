package io.orchestrator.core.cel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A location, taken apart as Go takes it apart, which is more lenient than the standard: spaces may be in a path. Immutable.
 *
 * @param scheme in lower case; empty for a path alone
 * @param host with its port if it has one
 * @param path escaped
 * @param query as it was written, without the question mark
 */
record Url(String scheme, String host, String path, String query) {
    /**
     * Of an absolute location or an absolute path.
     *
     * @throws IllegalArgumentException when the text is neither
     */
    static Url parse(String text) {
        UrlReader.read(text, true);
        int fragment = text.indexOf('#');
        if (fragment < 0) {
            return UrlReader.read(text, false);
        }
        UrlReader.checkFragment(text, text.substring(fragment + 1));
        return UrlReader.read(text.substring(0, fragment), false);
    }

    /** Why the text is no absolute location or path; empty when it is one, whatever its fragment. */
    static List<String> reasonsAgainst(String text) {
        try {
            UrlReader.read(text, true);
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** Without port and brackets. */
    String hostname() {
        String name = host.substring(0, host.length() - portLength());
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    String port() {
        int length = portLength();
        return length == 0 ? "" : host.substring(host.length() - length + 1);
    }

    /** With the colon. */
    private int portLength() {
        int colon = host.lastIndexOf(':');
        return colon >= 0 && UrlReader.isPort(host.substring(colon)) ? host.length() - colon : 0;
    }

    /** The values of each name in their order; what cannot be read is left out. */
    Map<String, List<String>> parameters() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (String each : query.split("&", -1)) {
            if (each.isEmpty() || each.contains(";")) {
                continue;
            }
            int equals = each.indexOf('=');
            String name = equals < 0 ? each : each.substring(0, equals);
            String value = equals < 0 ? "" : each.substring(equals + 1);
            if (UrlReader.badEscape(name) == null && UrlReader.badEscape(value) == null) {
                all.computeIfAbsent(plain(name), any -> new ArrayList<>()).add(plain(value));
            }
        }
        return all;
    }

    private static String plain(String escaped) {
        byte[] bytes = UrlReader.unescaped(escaped.replace('+', ' ').getBytes(StandardCharsets.UTF_8));
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
