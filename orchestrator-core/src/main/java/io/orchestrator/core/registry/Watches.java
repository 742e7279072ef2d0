package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.registry.cache.Selection;
import io.orchestrator.core.registry.cache.WatchCache;
import io.orchestrator.core.registry.cache.WatchSink;
import io.orchestrator.core.registry.cache.WatchStart;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.spi.store.Subscription;
import java.util.List;

/** Starts watches where their requests want them to begin. Thread-safe. */
final class Watches {
    private static final String NOT_OLDER_THAN = "NotOlderThan";

    private final Caches caches;
    private final Lists lists;

    Watches(Caches caches, Lists lists) {
        this.caches = caches;
        this.lists = lists;
    }

    <T extends Resource> Subscription watch(
            ResourceStrategy<T> strategy, String namespace, ListOptions options, WatchSink sink) {
        Selection selection = Selectors.of(options).on(strategy, namespace);
        long version = Lists.version(options.resourceVersion());
        checkInitialEvents(options);
        if (version == 0 && Boolean.FALSE.equals(options.sendInitialEvents())) {
            WatchCache cache = caches.of(strategy, 0);
            long now = options.resourceVersion().isEmpty() ? lists.newest() : cache.revision();
            return cache.watch(selection, from(now, options), sink);
        }
        if (version == 0 || wantsInitialEvents(options)) {
            WatchCache cache = caches.of(strategy, 0);
            return cache.watch(selection, withInitialEvents(strategy, namespace, selection, cache, options), sink);
        }
        return caches.of(strategy, version).watch(selection, from(version, options), sink);
    }

    private static WatchStart from(long version, ListOptions options) {
        return new WatchStart(version, List.of(), false, options.allowBookmarks(), options.timeoutSeconds());
    }

    private static boolean wantsInitialEvents(ListOptions options) {
        return Boolean.TRUE.equals(options.sendInitialEvents());
    }

    /** The newest state for a watch that names no version, the state at hand for version 0. */
    private <T extends Resource> WatchStart withInitialEvents(
            ResourceStrategy<T> strategy,
            String namespace,
            Selection selection,
            WatchCache cache,
            ListOptions options) {
        boolean atHand = !options.resourceVersion().isEmpty();
        long version = Lists.version(options.resourceVersion());
        boolean mark = wantsInitialEvents(options) && options.allowBookmarks();
        if (atHand && cache.revision() >= version) {
            WatchCache.Snapshot snapshot = cache.atHand(selection);
            return new WatchStart(
                    snapshot.revision(), snapshot.objects(), mark, options.allowBookmarks(), options.timeoutSeconds());
        }
        ListOptions newest = ListOptions.all().labels(options.labelSelector()).fields(options.fieldSelector());
        Page page = lists.list(strategy, namespace, newest);
        return new WatchStart(
                page.revision(), page.objects(), mark, options.allowBookmarks(), options.timeoutSeconds());
    }

    private static void checkInitialEvents(ListOptions options) {
        String match = options.resourceVersionMatch();
        Violations violations = new Violations();
        Path field = Path.of("resourceVersionMatch");
        if (options.sendInitialEvents() != null && !match.equals(NOT_OLDER_THAN)) {
            violations.forbidden(field, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        } else if (options.sendInitialEvents() == null && !match.isEmpty()) {
            violations.forbidden(
                    field, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
        }
        if (!violations.isEmpty()) {
            throw Failures.invalidOptions(violations.causes());
        }
    }

    static ApiException closed() {
        return new ApiException(Reason.SERVICE_UNAVAILABLE, "the registry is closed");
    }
}
