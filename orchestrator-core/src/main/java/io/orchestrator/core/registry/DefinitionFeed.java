package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.cache.WatchSink;
import io.orchestrator.core.registry.custom.CustomKinds;
import io.orchestrator.spi.store.Subscription;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the definitions of custom resources in the store, so that what another process defines on the same store is served
 * here too. What this process writes itself is known before; hearing of it again changes nothing.
 *
 * <p><b>Threading.</b> One watch at a time, whose events come one by one.
 */
final class DefinitionFeed implements WatchSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DefinitionFeed.class);
    private static final Target<CustomResourceDefinition> ALL = Target.collection(CustomResourceDefinition.TYPE, "");
    private static final long PAUSE_SECONDS = 1;

    private final Registry registry;
    private final CustomKinds kinds;
    private final Environment environment;
    private volatile @Nullable Subscription subscription;
    private volatile boolean closed;

    DefinitionFeed(Registry registry, CustomKinds kinds, Environment environment) {
        this.registry = registry;
        this.kinds = kinds;
        this.environment = environment;
    }

    /** Returns when all definitions that there are have been taken in. */
    void start() {
        Page page = registry.list(ALL, ListOptions.all());
        page.objects().forEach(stored -> take(stored, false));
        kinds.keepOnly(
                page.objects().stream()
                        .map(stored -> stored.object().metadata().name())
                        .collect(Collectors.toSet()),
                page.revision());
        subscription = registry.watch(ALL, ListOptions.all().since(Long.toString(page.revision())), this);
    }

    private void take(StoredObject stored, boolean removed) {
        kinds.written((CustomResourceDefinition) stored.object(), removed);
    }

    @Override
    public void event(WatchEvent.Type type, StoredObject object) {
        take(object, type == WatchEvent.Type.DELETED);
    }

    @Override
    public void bookmark(long revision, boolean initialEventsEnd) {
        // Nothing is kept that a revision would be good for.
    }

    @Override
    public void closed(ApiException cause) {
        if (!closed) {
            LOG.debug("the definitions are listed again: {}", cause.getMessage());
            later();
        }
    }

    private void later() {
        try {
            environment.timers().schedule(this::again, PAUSE_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the definitions are not followed any more: the environment is closed");
        }
    }

    private void again() {
        if (closed) {
            return;
        }
        try {
            start();
        } catch (ApiException e) {
            LOG.warn("the definitions cannot be read, and are tried again: {}", e.getMessage());
            later();
        }
    }

    @Override
    public void close() {
        closed = true;
        Subscription running = subscription;
        if (running != null) {
            running.close();
        }
    }
}
