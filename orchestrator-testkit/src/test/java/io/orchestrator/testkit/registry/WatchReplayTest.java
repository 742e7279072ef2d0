package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.ConfigMapBuilder;
import io.orchestrator.core.client.InProcessTransport;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.JsonForms;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.admission.BuiltInAdmission;
import io.orchestrator.core.registry.kinds.BuiltInKinds;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watchers among real writers: what a watch tells, replayed, is what a list of the same revision shows. */
class WatchReplayTest {
    private static final int WRITERS = 4;
    private static final int WRITES = 1_500;
    private static final int NAMES = 40;
    private static final int LISTS = 40;
    private static final String LAST = "last";
    private static final ListOptions BLUE = ListOptions.all().labels("colour=blue");

    private final SystemEnvironment system = new SystemEnvironment("replay-test");
    private final Environment environment = system.environment();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        system.close();
    }

    /** @param history how many writes the store and the watch cache remember */
    private Client registry(int history) {
        MemoryStore store = new MemoryStore(environment.executor(), MemoryStoreOptions.keeping(history));
        Registry registry = new Registry(
                store,
                environment,
                BuiltInKinds.catalog(RangeAllocator.standard(environment.random())),
                new JsonForms(new ObjectCodec(new Schemas())),
                BuiltInAdmission.steps(),
                history);
        registry.start();
        open.add(registry);
        open.add(store);
        return new Client(
                InProcessTransport.on(registry, Caller.system("test"), new NodeDirectory(), environment.executor()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatAWatchTellsIsWhatAListShows(long seed) throws Exception {
        Client client = registry(100_000);
        List<ReplayingWatcher> watchers = watchers(client, seed);
        CompletableFuture<?> writers = write(client, seed);
        List<ResourceList<ConfigMap>> all = new ArrayList<>();
        List<ResourceList<ConfigMap>> blue = new ArrayList<>();
        for (int i = 0; i < LISTS || !writers.isDone(); i++) {
            all.add(client.configMaps().list());
            blue.add(client.configMaps().list(BLUE));
        }
        writers.get(1, TimeUnit.MINUTES);
        client.create(map(LAST, 1, true));
        all.add(client.configMaps().list());
        blue.add(client.configMaps().list(BLUE));
        for (ReplayingWatcher watcher : watchers) {
            watcher.awaitSight(LAST);
            for (ResourceList<ConfigMap> list : some(watcher.selects(BLUE) ? blue : all)) {
                assertThat(watcher.stateAt(Long.parseLong(list.metadata().resourceVersion())))
                        .as("at %s, seed %d", list.metadata().resourceVersion(), seed)
                        .isEqualTo(ReplayingWatcher.versions(list));
            }
            assertThat(watcher.timesExpired()).as("nothing was compacted").isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void whoFallsBehindTheHistoryIsToldSoAndIsRightAgainAfterAList(long seed) throws Exception {
        Client client = registry(64);
        List<ReplayingWatcher> watchers = watchers(client, seed);
        write(client, seed).get(1, TimeUnit.MINUTES);
        client.create(map(LAST, 1, true));
        for (ReplayingWatcher watcher : watchers) {
            watcher.awaitSight(LAST);
            ResourceList<ConfigMap> list = client.configMaps().list(watcher.options());
            assertThat(watcher.stateAt(Long.parseLong(list.metadata().resourceVersion())))
                    .as("seed %d", seed)
                    .isEqualTo(ReplayingWatcher.versions(list));
        }
    }

    @Test
    void pagesOfOneListShowOneRevisionWhateverIsWrittenMeanwhile() throws Exception {
        Client client = registry(100_000);
        ReplayingWatcher watcher = new ReplayingWatcher(client, ListOptions.all(), 0, environment.executor());
        open.add(watcher);
        watcher.start();
        CompletableFuture<?> writers = write(client, 9);
        List<Pages> lists = new ArrayList<>();
        while (lists.size() < LISTS || !writers.isDone()) {
            lists.add(inPages(client));
        }
        writers.get(1, TimeUnit.MINUTES);
        client.create(map(LAST, 1, true));
        watcher.awaitSight(LAST);
        for (Pages list : some(lists)) {
            assertThat(watcher.stateAt(list.revision)).isEqualTo(list.versions);
        }
    }

    private record Pages(long revision, Map<String, String> versions) {}

    private static Pages inPages(Client client) {
        Map<String, String> found = new TreeMap<>();
        ResourceList<ConfigMap> page;
        String token = "";
        do {
            page = client.configMaps().list(ListOptions.all().page(7, token));
            found.putAll(ReplayingWatcher.versions(page));
            token = page.metadata().continueToken();
        } while (!token.isEmpty());
        return new Pages(Long.parseLong(page.metadata().resourceVersion()), found);
    }

    /** As many as there is time to compare, from the first to the last. */
    private static <T> List<T> some(List<T> all) {
        int step = Math.max(1, all.size() / LISTS);
        List<T> some = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0; i -= step) {
            some.add(all.get(i));
        }
        return some;
    }

    private List<ReplayingWatcher> watchers(Client client, long seed) {
        List<ReplayingWatcher> watchers = List.of(
                new ReplayingWatcher(client, ListOptions.all(), 0, environment.executor()),
                new ReplayingWatcher(client, ListOptions.all(), seed, environment.executor()),
                new ReplayingWatcher(client, BLUE, 0, environment.executor()),
                new ReplayingWatcher(client, BLUE, seed + 1, environment.executor()));
        watchers.forEach(watcher -> {
            open.add(0, watcher);
            watcher.start();
        });
        return watchers;
    }

    private CompletableFuture<?> write(Client client, long seed) {
        CompletableFuture<?>[] writers = new CompletableFuture<?>[WRITERS];
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(seed * WRITERS + i);
            writers[i] = CompletableFuture.runAsync(
                    () -> {
                        for (int n = 0; n < WRITES; n++) {
                            write(client, "map-" + random.nextInt(NAMES), n, random);
                        }
                    },
                    environment.executor());
        }
        return CompletableFuture.allOf(writers);
    }

    private static void write(Client client, String name, int n, Random random) {
        ConfigMap wanted = map(name, n, random.nextBoolean());
        try {
            switch (random.nextInt(3)) {
                case 0 -> client.create(wanted);
                case 1 -> client.configMaps().update(wanted);
                default -> client.configMaps().delete(name);
            }
        } catch (ApiException e) {
            // Another writer was first: that is what the names are few for.
            assertThat(e.isNotFound() || e.isConflict() || e.isAlreadyExists())
                    .as(e.toString())
                    .isTrue();
        }
    }

    private static ConfigMap map(String name, int n, boolean blue) {
        return ConfigMapBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .labels(Map.of("colour", blue ? "blue" : "red"))
                        .build())
                .data(Map.of("n", Integer.toString(n)))
                .build();
    }
}
