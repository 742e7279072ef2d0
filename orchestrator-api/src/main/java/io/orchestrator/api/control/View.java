package io.orchestrator.api.control;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Read-only caches, filled by watches. Each answer is consistent in itself; it may be older than the last write. Only
 * kinds that the controller declared may be asked for: others fail with {@link IllegalArgumentException}.
 */
public interface View {

    <T extends Resource> Optional<T> get(ResourceType<T> type, ObjectKey key);

    /** All of a kind in the namespace; in all namespaces when it is empty. */
    <T extends Resource> List<T> list(ResourceType<T> type, String namespace);

    /** Those that carry all of the labels. */
    <T extends Resource> List<T> list(ResourceType<T> type, String namespace, Map<String, String> labels);

    /** Those whose controlling owner has this uid. Indexed. */
    <T extends Resource> List<T> ownedBy(ResourceType<T> type, String ownerUid);

    /** Those for which the index, declared with the controller, gives this value. */
    <T extends Resource> List<T> byIndex(ResourceType<T> type, String index, String value);
}
