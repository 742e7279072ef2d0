package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.registry.cache.Selection;
import io.orchestrator.core.registry.cache.WatchCache;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of objects, as fresh as the request asks. Thread-safe. */
final class Lists {
    private static final int LARGEST_STEP = 10_000;

    private final Store store;
    private final Caches caches;

    Lists(Store store, Caches caches) {
        this.store = store;
        this.caches = caches;
    }

    <T extends Resource> Page list(ResourceStrategy<T> strategy, String namespace, ListOptions options) {
        checkVersionMatch(options);
        Selectors selectors = Selectors.of(options);
        Selection selection = selectors.on(strategy, namespace);
        WatchCache cache = caches.of(strategy, 0);
        long version = version(options.resourceVersion());
        if (!options.continueToken().isEmpty()) {
            if (!options.resourceVersion().isEmpty()
                    && !options.resourceVersion().equals("0")) {
                throw ApiException.badRequest("specifying resource version is not allowed when using continue");
            }
            ContinueToken token = ContinueToken.decode(options.continueToken());
            long revision = token.isAtNewest() ? 0 : token.revision();
            return fromStore(strategy, selection, selectors, options, revision, token.after());
        }
        boolean exact = options.resourceVersionMatch().equals("Exact")
                || (options.resourceVersionMatch().isEmpty() && options.limit() > 0 && version > 0);
        if (exact) {
            return fromStore(strategy, selection, selectors, options, version, "");
        }
        if (!options.resourceVersion().isEmpty() && options.limit() == 0 && cache.revision() >= version) {
            WatchCache.Snapshot snapshot = cache.atHand(selection);
            return new Page(snapshot.revision(), snapshot.objects(), "", null);
        }
        if (version == 0 && !selection.trigger().isEmpty()) {
            Page few = ofTrigger(cache, selection, options.limit());
            if (few != null) {
                return few;
            }
        }
        Page page = fromStore(strategy, selection, selectors, options, 0, "");
        if (page.revision() < version) {
            throw Failures.futureVersion(version, page.revision());
        }
        return page;
    }

    /** The few of many that have the value of the trigger field, from the cache where that is as fresh as the store; else null. */
    private @Nullable Page ofTrigger(WatchCache cache, Selection selection, int limit) {
        return cache.asOfNow(selection, this::newest)
                .filter(snapshot -> limit == 0 || snapshot.objects().size() <= limit)
                .map(snapshot -> new Page(snapshot.revision(), snapshot.objects(), "", null))
                .orElse(null);
    }

    /** The store's revision now. */
    long newest() {
        try {
            return store.revision();
        } catch (StoreException e) {
            throw Failures.of(e);
        }
    }

    /** All of a namespace that the cache has at hand. */
    <T extends Resource> List<T> atHand(ResourceStrategy<T> strategy, String namespace) {
        WatchCache cache = caches.of(strategy, 0);
        // As it is with quotas and limits of most clusters, and every create asks.
        if (cache.isEmpty()) {
            return List.of();
        }
        Selection all = new Selection(StoreKeys.folder(strategy.type(), namespace), object -> true, "");
        List<StoredObject> stored = cache.atHand(all).objects();
        List<T> objects = new ArrayList<>(stored.size());
        for (StoredObject each : stored) {
            objects.add(strategy.type().objectClass().cast(each.object()));
        }
        return objects;
    }

    private Page fromStore(
            ResourceStrategy<?> strategy,
            Selection selection,
            Selectors selectors,
            ListOptions options,
            long revision,
            String after) {
        try {
            return read(strategy, selection, selectors, options.limit(), revision, after);
        } catch (StoreException.Compacted e) {
            throw after.isEmpty()
                    ? Failures.of(e)
                    : Failures.expiredContinue(new ContinueToken(ContinueToken.NEWEST, after));
        } catch (StoreException.FutureRevision e) {
            throw Failures.futureVersion(revision, e.current());
        } catch (StoreException e) {
            throw Failures.of(e);
        }
    }

    /** Reads in steps, so that a selector that matches little still fills a page. */
    private Page read(
            ResourceStrategy<?> strategy,
            Selection selection,
            Selectors selectors,
            int limit,
            long revision,
            String after) {
        StoreKey folder = selection.folder();
        List<StoredObject> found = new ArrayList<>();
        @Nullable StoreKey last = after.isEmpty() ? null : new StoreKey(folder.path() + after);
        long at = revision;
        int step = limit;
        while (true) {
            Listing listing = store.list(folder, new ListQuery(at, step, last));
            at = listing.revision();
            List<Entry> entries = listing.entries();
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.get(i);
                StoredObject object = caches.object(strategy, entry);
                if (selection.matcher().test(object.object())) {
                    found.add(object);
                }
                last = entry.key();
                boolean more = listing.more() || i + 1 < entries.size();
                if (limit > 0 && found.size() == limit && more) {
                    long remaining = listing.remaining() + entries.size() - i - 1;
                    String rest = entry.key().path().substring(folder.path().length());
                    return new Page(
                            at, found, new ContinueToken(at, rest).encode(), selectors.everything() ? remaining : null);
                }
            }
            if (!listing.more()) {
                return new Page(at, found, "", null);
            }
            step = Math.min(LARGEST_STEP, step * 2);
        }
    }

    static long version(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            long version = Long.parseLong(text);
            if (version >= 0) {
                return version;
            }
        } catch (NumberFormatException e) {
            throw badVersion(text);
        }
        throw badVersion(text);
    }

    private static ApiException badVersion(String text) {
        return ApiException.badRequest(
                "invalid resource version: strconv.ParseUint: parsing \"" + text + "\": invalid syntax");
    }

    private static void checkVersionMatch(ListOptions options) {
        String match = options.resourceVersionMatch();
        if (match.isEmpty() && options.sendInitialEvents() == null) {
            return;
        }
        Violations violations = new Violations();
        Path field = Path.of("resourceVersionMatch");
        if (options.sendInitialEvents() != null) {
            violations.forbidden(Path.of("sendInitialEvents"), "sendInitialEvents is forbidden for list");
        } else if (options.resourceVersion().isEmpty()) {
            violations.forbidden(field, "resourceVersionMatch is forbidden unless resourceVersion is provided");
        } else if (!options.continueToken().isEmpty()) {
            violations.forbidden(field, "resourceVersionMatch is forbidden when continue is provided");
        } else if (!match.equals("Exact") && !match.equals("NotOlderThan")) {
            violations.notSupported(field, match, List.of("Exact", "NotOlderThan"));
        } else if (match.equals("Exact") && options.resourceVersion().equals("0")) {
            violations.forbidden(field, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        }
        if (!violations.isEmpty()) {
            throw Failures.invalidOptions(violations.causes());
        }
    }
}
