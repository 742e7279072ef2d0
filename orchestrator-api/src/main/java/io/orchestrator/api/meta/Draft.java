package io.orchestrator.api.meta;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * An object in the making: the fluent way to write one down in Java. A draft is used by one thread; what it builds is immutable,
 * and it may build more than once.
 *
 * @param <T> what it becomes
 * @param <D> the draft itself, so that calls can be chained
 */
public abstract class Draft<T extends Resource, D extends Draft<T, D>> {
    private ObjectMeta metadata;

    protected Draft(String name) {
        metadata = ObjectMeta.named(name);
    }

    /** What has been said so far, in the form of an object; nothing is defaulted or validated, which is the registry's task. */
    public abstract T build();

    public D namespace(String namespace) {
        return metadata(meta -> meta.namespace(namespace));
    }

    public D label(String key, String value) {
        metadata = metadata.withLabel(key, value);
        return self();
    }

    public D labels(Map<String, String> labels) {
        labels.forEach(this::label);
        return self();
    }

    public D annotation(String key, String value) {
        metadata = metadata.withAnnotation(key, value);
        return self();
    }

    /** Names its controller, so that it goes when the owner goes. */
    public <O extends Resource> D ownedBy(ResourceType<O> type, O owner) {
        return metadata(meta -> meta.ownerReferences(List.of(OwnerReference.controller(type, owner))));
    }

    /** For whatever has no verb of its own here. */
    public D metadata(UnaryOperator<ObjectMetaBuilder> edit) {
        metadata = edit.apply(ObjectMetaBuilder.builder(metadata)).build();
        return self();
    }

    protected final ObjectMeta metadata() {
        return metadata;
    }

    @SuppressWarnings("unchecked") // every draft names itself as D
    protected final D self() {
        return (D) this;
    }
}
