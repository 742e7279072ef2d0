package io.orchestrator.core.control;

import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Index;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.client.SharedInformers;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The shared caches as one controller may see them: the kinds that it declared, and its own indexes, which never clash with
 * those that another controller gave the same name.
 */
final class DeclaredView implements View {
    private final String controller;
    private final SharedInformers informers;
    private final Set<ResourceType<?>> declared = new LinkedHashSet<>();

    /** What its indexes are called among those of all controllers. */
    private final Map<String, String> qualified = new HashMap<>();

    DeclaredView(ControllerSpec spec, SharedInformers informers) {
        this.controller = spec.name();
        this.informers = informers;
        spec.sources().forEach(this::declare);
    }

    Set<ResourceType<?>> declared() {
        return declared;
    }

    @Override
    public <T extends Resource> Optional<T> get(ResourceType<T> type, ObjectKey key) {
        return of(type).get(type, key);
    }

    @Override
    public <T extends Resource> List<T> list(ResourceType<T> type, String namespace) {
        return of(type).list(type, namespace);
    }

    @Override
    public <T extends Resource> List<T> list(ResourceType<T> type, String namespace, Map<String, String> labels) {
        return of(type).list(type, namespace, labels);
    }

    @Override
    public <T extends Resource> List<T> ownedBy(ResourceType<T> type, String ownerUid) {
        return of(type).ownedBy(type, ownerUid);
    }

    @Override
    public <T extends Resource> List<T> byIndex(ResourceType<T> type, String index, String value) {
        return of(type).byIndex(type, qualified(index), value);
    }

    private <T extends Resource> void declare(Source<T> source) {
        declared.add(source.type());
        var informer = informers.informer(source.type());
        for (Index<T> index : source.indexes()) {
            String name = qualified.computeIfAbsent(index.name(), plain -> controller + "/" + plain);
            informer.index(new Index<>(name, index.values()));
        }
    }

    private String qualified(String index) {
        String name = qualified.get(index);
        return name == null ? controller + "/" + index : name;
    }

    private View of(ResourceType<?> type) {
        if (!declared.contains(type)) {
            throw new IllegalArgumentException("controller " + controller + " did not declare " + type.kind());
        }
        return informers;
    }
}
