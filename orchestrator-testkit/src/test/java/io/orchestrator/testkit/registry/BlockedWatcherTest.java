package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.ConfigMapBuilder;
import io.orchestrator.core.embed.Cluster;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watchers on real threads, some of which block. */
@Timeout(240)
class BlockedWatcherTest {
    private static final int BLOCKED = 40;
    private static final int FREE = 300;
    private static final int WRITES = 3;

    @Test
    void whoeverBlocksHoldsUpNobodyElse() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(FREE * WRITES);
        CountDownLatch toldLate = new CountDownLatch(BLOCKED * WRITES);
        try (Cluster cluster = Cluster.builder().nodes(0).start()) {
            Client client = cluster.client();
            String since = client.configMaps().list().metadata().resourceVersion();
            for (int i = 0; i < BLOCKED; i++) {
                client.configMaps().watch(ListOptions.all().since(since), listener(() -> {
                    await(release);
                    toldLate.countDown();
                }));
            }
            for (int i = 0; i < FREE; i++) {
                client.configMaps().watch(ListOptions.all().since(since), listener(told::countDown));
            }
            for (int i = 0; i < WRITES; i++) {
                client.create(ConfigMapBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder().name("m" + i).build())
                        .build());
            }
            assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(toldLate.getCount()).isEqualTo(BLOCKED * WRITES);
            release.countDown();
            assertThat(toldLate.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            release.countDown();
        }
    }

    private static void await(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static WatchListener<ConfigMap> listener(Runnable told) {
        return new WatchListener<>() {
            @Override
            public void onEvent(WatchEvent<ConfigMap> event) {
                if (event.object().metadata().name().startsWith("m")) {
                    told.run();
                }
            }

            @Override
            public void onClosed(ApiException cause) {}
        };
    }
}
