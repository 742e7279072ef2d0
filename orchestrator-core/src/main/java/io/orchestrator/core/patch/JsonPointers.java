package io.orchestrator.core.patch;

import java.util.ArrayList;
import java.util.List;

/** RFC 6901 pointers as their unescaped tokens. */
final class JsonPointers {
    private JsonPointers() {}

    static List<String> tokens(String pointer) {
        if (pointer.isEmpty()) {
            return List.of();
        }
        if (pointer.charAt(0) != '/') {
            throw PatchException.malformed("a JSON pointer starts with a slash, unlike \"" + pointer + "\"");
        }
        List<String> tokens = new ArrayList<>();
        int from = 1;
        while (true) {
            int slash = pointer.indexOf('/', from);
            String token = slash < 0 ? pointer.substring(from) : pointer.substring(from, slash);
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
            if (slash < 0) {
                return tokens;
            }
            from = slash + 1;
        }
    }
}
