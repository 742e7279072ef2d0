package io.orchestrator.core.control;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the objects that one reconciliation gets to see. Belongs to it. */
final class CountingView implements View {
    private final View inner;
    private int objects;

    CountingView(View inner) {
        this.inner = inner;
    }

    /** How many objects there were in all answers. */
    int objects() {
        return objects;
    }

    private <T> List<T> counted(List<T> answer) {
        objects += answer.size();
        return answer;
    }

    @Override
    public <T extends Resource> Optional<T> get(ResourceType<T> type, ObjectKey key) {
        return inner.get(type, key);
    }

    @Override
    public <T extends Resource> List<T> list(ResourceType<T> type, String namespace) {
        return counted(inner.list(type, namespace));
    }

    @Override
    public <T extends Resource> List<T> list(ResourceType<T> type, String namespace, Map<String, String> labels) {
        return counted(inner.list(type, namespace, labels));
    }

    @Override
    public <T extends Resource> List<T> ownedBy(ResourceType<T> type, String ownerUid) {
        return counted(inner.ownedBy(type, ownerUid));
    }

    @Override
    public <T extends Resource> List<T> byIndex(ResourceType<T> type, String index, String value) {
        return counted(inner.byIndex(type, index, value));
    }
}
