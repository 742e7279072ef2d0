package io.orchestrator.core.cel;

import java.util.List;
import java.util.Set;

/** Names of fields as expressions write them. Pure functions. */
public final class FieldNames {
    private static final Set<String> KEYWORDS = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private FieldNames() {}

    /** The name with words for what is no letter, digit or underscore, and between underscores where it is a keyword. */
    public static String escaped(String name) {
        if (KEYWORDS.contains(name)) {
            return "__" + name + "__";
        }
        return name.replace("__", "__underscores__")
                .replace(".", "__dot__")
                .replace("-", "__dash__")
                .replace("/", "__slash__");
    }

    /** All forms in which an expression may write the name: most keywords may also stand as they are behind a dot. */
    public static List<String> forms(String name) {
        return KEYWORDS.contains(name) ? List.of(escaped(name), name) : List.of(escaped(name));
    }
}
