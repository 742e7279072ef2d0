package io.orchestrator.testkit.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.api.model.core.ConfigMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lists, then watches, and remembers all it was told. One that is restless drops its watch now and then and goes on from what
 * it saw last; who is told that this is too old lists again.
 */
final class ReplayingWatcher implements AutoCloseable {
    private static final int ABOUT = 50;

    private final Client client;
    private final ListOptions options;
    private final @Nullable Random restless;
    private final Executor executor;
    private final Map<String, CompletableFuture<Void>> awaited = new HashMap<>();

    // Guarded by this.
    private final List<Told> told = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private long last;
    private long round;
    private int expired;
    private boolean closed;
    private @Nullable Watch watch;

    /** A list (with no event), or an event after one. */
    private record Told(
            long revision,
            @Nullable Map<String, String> list,
            @Nullable String removed,
            @Nullable ConfigMap present) {}

    /** @param seed of its restlessness; 0 for none */
    ReplayingWatcher(Client client, ListOptions options, long seed, Executor executor) {
        this.client = client;
        this.options = options;
        this.restless = seed == 0 ? null : new Random(seed);
        this.executor = executor;
    }

    boolean selects(ListOptions these) {
        return options.equals(these);
    }

    ListOptions options() {
        return options;
    }

    /** What a list shows, as versions by name. */
    static Map<String, String> versions(ResourceList<ConfigMap> list) {
        Map<String, String> versions = new TreeMap<>();
        list.items()
                .forEach(map ->
                        versions.put(map.metadata().name(), map.metadata().resourceVersion()));
        return versions;
    }

    void start() {
        ResourceList<ConfigMap> list = client.configMaps().list(options);
        long at = Long.parseLong(list.metadata().resourceVersion());
        synchronized (this) {
            told.add(new Told(at, versions(list), null, null));
            last = at;
            list.items().forEach(map -> saw(map.metadata().name()));
        }
        follow();
    }

    private void follow() {
        long mine;
        long from;
        synchronized (this) {
            if (closed) {
                return;
            }
            mine = ++round;
            from = last;
        }
        try {
            Watch opened = client.configMaps().watch(options.since(Long.toString(from)), new Listener(mine));
            synchronized (this) {
                if (!closed && round == mine) {
                    watch = opened;
                    return;
                }
            }
            opened.close();
        } catch (ApiException e) {
            lost(mine, e);
        }
    }

    private void lost(long mine, ApiException cause) {
        boolean again;
        synchronized (this) {
            if (closed || round != mine) {
                return;
            }
            again = cause.reason().equals(Reason.EXPIRED);
            expired += again ? 1 : 0;
        }
        executor.execute(again ? this::start : this::follow);
    }

    private final class Listener implements WatchListener<ConfigMap> {
        private final long mine;

        Listener(long mine) {
            this.mine = mine;
        }

        @Override
        public void onEvent(WatchEvent<ConfigMap> event) {
            Watch dropped = null;
            synchronized (ReplayingWatcher.this) {
                if (round != mine || closed) {
                    return;
                }
                long revision = Long.parseLong(event.resourceVersion());
                if (revision <= last) {
                    throw new AssertionError("revision " + revision + " came after " + last);
                }
                last = revision;
                if (event.type() == WatchEvent.Type.BOOKMARK) {
                    return;
                }
                String name = event.object().metadata().name();
                boolean gone = event.type() == WatchEvent.Type.DELETED;
                told.add(new Told(revision, null, gone ? name : null, gone ? null : event.object()));
                saw(name);
                if (restless != null && restless.nextInt(ABOUT) == 0) {
                    dropped = watch;
                    watch = null;
                    round++;
                }
            }
            if (dropped != null) {
                dropped.close();
            }
            synchronized (ReplayingWatcher.this) {
                if (round == mine) {
                    return;
                }
            }
            executor.execute(ReplayingWatcher.this::follow);
        }

        @Override
        public void onClosed(ApiException cause) {
            lost(mine, cause);
        }
    }

    /** Under the lock. */
    private void saw(String name) {
        names.add(name);
        CompletableFuture<Void> waiting = awaited.remove(name);
        if (waiting != null) {
            waiting.completeAsync(() -> null, executor);
        }
    }

    void awaitSight(String name) throws Exception {
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        synchronized (this) {
            if (names.contains(name)) {
                return;
            }
            awaited.put(name, waiting);
        }
        waiting.get(1, TimeUnit.MINUTES);
    }

    synchronized int timesExpired() {
        return expired;
    }

    /** What was there at this revision, as it was told. */
    synchronized Map<String, String> stateAt(long revision) {
        Map<String, String> state = new TreeMap<>();
        for (Told each : told) {
            if (each.revision > revision) {
                break;
            }
            if (each.list != null) {
                state.clear();
                state.putAll(each.list);
            } else if (each.removed != null) {
                state.remove(each.removed);
            } else if (each.present != null) {
                state.put(
                        each.present.metadata().name(), each.present.metadata().resourceVersion());
            }
        }
        return state;
    }

    @Override
    public void close() {
        Watch ended;
        synchronized (this) {
            closed = true;
            ended = watch;
        }
        if (ended != null) {
            ended.close();
        }
    }
}
