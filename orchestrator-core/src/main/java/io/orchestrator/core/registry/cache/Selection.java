package io.orchestrator.core.registry.cache;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.spi.store.StoreKey;
import java.util.function.Predicate;

/**
 * What a watcher or a list wants to see.
 *
 * @param folder the keys it covers: those of a namespace, or of the whole kind
 * @param matcher the label and field selectors
 * @param trigger the value that the kind's trigger field must have, where the selector demands one; empty for any. A watcher
 *     with a trigger is only woken by changes of objects with that value, and a list with one looks at no others.
 */
public record Selection(StoreKey folder, Predicate<Resource> matcher, String trigger) {

    boolean sees(StoreKey key, Resource object) {
        return key.startsWith(folder) && matcher.test(object);
    }
}
