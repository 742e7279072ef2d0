package io.orchestrator.core.registry;

import io.orchestrator.api.client.Target;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A further form in which the objects of a stored kind are served: another version, or the same objects in another group.
 * Nothing is stored in this form: what comes is translated into the stored one before it is completed, admitted and
 * validated, what goes is translated on its way out. The functions are pure; what one form cannot say, {@code read} keeps in
 * annotations that {@code write} takes back.
 *
 * @param read the form of a stored object
 * @param write the stored object of a form
 * @param fields the stored kind's name of a selectable field of this form; empty where there is none
 */
public record ServedVersion<V extends Resource, T extends Resource>(
        ResourceType<V> type,
        ResourceType<T> stored,
        Function<T, V> read,
        Function<V, T> write,
        UnaryOperator<String> fields) {

    /** The same target as the stored kind has it. */
    Target<T> target(Target<?> target) {
        return new Target<>(stored, target.namespace(), target.name(), target.subresource());
    }

    /** What this form shows of an answer; answers of other kinds, such as scales, stay as they are. */
    Resource shown(Resource answer) {
        return stored.objectClass().isInstance(answer)
                ? read.apply(stored.objectClass().cast(answer))
                : answer;
    }

    /** What a body means for the stored kind; bodies of other kinds stay as they are. */
    Resource stored(Resource body) {
        return type.objectClass().isInstance(body)
                ? write.apply(type.objectClass().cast(body))
                : body;
    }

    /** A stored object after a patch that knows this form only. */
    Resource patched(Resource current, UnaryOperator<Resource> patch) {
        Resource seen = shown(current);
        Resource wanted = patch.apply(seen);
        return wanted.equals(seen) ? current : stored(wanted);
    }
}
