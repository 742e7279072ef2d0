package io.orchestrator.core.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import java.util.List;

/** {@code format} of texts, and the forms that {@code format.named} and its like know. Stateless. */
final class FormatFunctions {
    static final String FORMAT = "format";
    static final CelType NAMED = OpaqueType.create("kubernetes.NamedFormat");

    private static final CelType TEXT = SimpleType.STRING;

    private FormatFunctions() {}

    static void addTo(FunctionSet functions) {
        functions
                .member(
                        FORMAT,
                        "string_format",
                        TEXT,
                        TEXT,
                        String.class,
                        ListType.create(SimpleType.DYN),
                        List.class,
                        FormatFunctions::format)
                .global("format.named", "format-named", OptionalType.create(NAMED), TEXT, String.class, NamedFormat::of)
                .member(
                        "validate",
                        "format-validate",
                        OptionalType.create(ListType.create(TEXT)),
                        NAMED,
                        NamedFormat.class,
                        TEXT,
                        String.class,
                        NamedFormat::validate);
        for (NamedFormat each : NamedFormat.values()) {
            functions.constant("format." + each.word(), "format-" + each.word(), NAMED, arguments -> each);
        }
    }

    private static String format(String format, List<?> arguments) {
        return TextFormat.fill(
                format,
                arguments.size(),
                (argument, clause, precision) -> FormattedValue.of(arguments.get(argument), clause, precision));
    }
}
