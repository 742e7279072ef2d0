package io.orchestrator.core.codec;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.schema.RecordSchema;
import java.util.List;

/**
 * What a body says.
 *
 * @param typeMeta the kind that the body names itself, which need not be the one that was expected
 * @param problems unknown and duplicate fields, in the order found, such as {@code unknown field "spec.foo"}; what they
 *     said was ignored (of duplicates, the last counts)
 */
public record Decoded<T>(T value, TypeMeta typeMeta, List<String> problems) {

    /**
     * The value, when there was nothing to complain of.
     *
     * @throws DecodeException with all problems, worded as Kubernetes words them
     */
    public T strict(RecordSchema expected) {
        return strict(subject(expected));
    }

    /** As {@link #strict(RecordSchema)}, of a kind that has no record. */
    public T strict(ResourceType<?> expected) {
        return strict(expected.kind() + " in version \"" + expected.version() + "\" cannot be handled as a "
                + expected.kind());
    }

    /** As {@link #strict(RecordSchema)}, of whatever kind the body says that it is. */
    T strict() {
        return strict(typeMeta.kind() + " in version \"" + typeMeta.version() + "\" cannot be handled as a "
                + typeMeta.kind());
    }

    private T strict(String subject) {
        if (!problems.isEmpty()) {
            throw new DecodeException(subject + ": strict decoding error: " + String.join(", ", problems));
        }
        return value;
    }

    static String subject(RecordSchema expected) {
        String kind = expected.kindName();
        String version = expected.apiVersion();
        return kind + " in version \"" + version.substring(version.indexOf('/') + 1) + "\" cannot be handled as a "
                + kind;
    }
}
