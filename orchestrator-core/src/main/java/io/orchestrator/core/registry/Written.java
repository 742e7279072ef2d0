package io.orchestrator.core.registry;

import java.util.function.UnaryOperator;

/**
 * What a write left.
 *
 * @param created whether nothing stood there before, as an apply or an update may find
 */
public record Written(StoredObject object, boolean created) {
    static Written changed(StoredObject object) {
        return new Written(object, false);
    }

    static Written created(StoredObject object) {
        return new Written(object, true);
    }

    Written map(UnaryOperator<StoredObject> form) {
        return new Written(form.apply(object), created);
    }
}
