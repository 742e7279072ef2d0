package io.orchestrator.samples.client;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.model.core.ConfigMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What a watch of config maps told. */
final class Heard implements WatchListener<ConfigMap> {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> bookmarks = new CopyOnWriteArrayList<>();
    private volatile String version = "";
    private volatile @Nullable ApiException cause;

    @Override
    public void onEvent(WatchEvent<ConfigMap> event) {
        version = event.resourceVersion();
        if (event.type() == WatchEvent.Type.BOOKMARK) {
            bookmarks.add(event.object().metadata().annotations().getOrDefault("k8s.io/initial-events-end", ""));
        } else {
            events.add(event.type() + " " + event.object().metadata().name() + " "
                    + event.object().data().get("k"));
        }
    }

    @Override
    public void onClosed(ApiException why) {
        cause = why;
    }

    /** Type, name, and the value of {@code k}. */
    List<String> events() {
        return events;
    }

    List<String> bookmarks() {
        return bookmarks;
    }

    String lastVersion() {
        return version;
    }

    Optional<ApiException> closed() {
        return Optional.ofNullable(cause);
    }
}
