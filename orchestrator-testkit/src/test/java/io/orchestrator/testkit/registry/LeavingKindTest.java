package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The removal of a kind begins while somebody begins to read it. */
@Timeout(120)
class LeavingKindTest {
    private static final String NAME = "crontabs.stable.example.com";

    private final AtomicReference<DistantStore> wrapped = new AtomicReference<>();
    private final RegistryFixture cluster =
            new RegistryFixture(VirtualTime.inOrder(), 1, MemoryStoreOptions.defaults(), 8192, inner -> {
                wrapped.set(new DistantStore(inner));
                return wrapped.get();
            });
    private final DistantStore store = wrapped.get();
    private final ResourceClient<CustomResourceDefinition> definitions =
            cluster.client.resources(CustomResourceDefinition.TYPE);
    private final ResourceClient<Unstructured> tabs = cluster.client.resources(CronTabs.TYPE);

    @AfterEach
    void close() {
        cluster.close();
    }

    private List<String> followed() {
        return store.watched.stream().filter(path -> path.contains("crontabs")).toList();
    }

    @Test
    void whoeverReadsWhileItBeginsSharesTheCacheThatEndsWithTheKind() {
        definitions.create(CronTabs.definition());
        List<String> seen = new ArrayList<>();
        store.duringNextList("crontabs", () -> definitions.delete(NAME));
        tabs.watch(ListOptions.all(), new WatchListener<>() {
            @Override
            public void onEvent(WatchEvent<Unstructured> event) {
                seen.add(event.type().toString());
            }

            @Override
            public void onClosed(ApiException cause) {
                seen.add("closed");
            }
        });
        cluster.settle();
        tabs.list();
        assertThat(followed()).hasSize(1);

        definitions.edit(NAME, each -> each.withMetadata(each.metadata().withFinalizers(List.of())));
        cluster.time.advance(Duration.ofSeconds(5));
        assertThat(definitions.find(NAME)).isEmpty();
        assertThat(seen).containsExactly("closed");
        assertThat(followed()).isEmpty();
    }

    @Test
    void aFailureToReadWhileItBeginsIsOverWithTheNextRequest() {
        definitions.create(CronTabs.definition());
        store.duringNextList("crontabs", () -> {
            definitions.delete(NAME);
            throw new StoreException.Unavailable("for a moment", null);
        });
        assertThatThrownBy(tabs::list)
                .asInstanceOf(type(ApiException.class))
                .extracting(ApiException::reason)
                .isEqualTo(Reason.SERVICE_UNAVAILABLE);
        assertThat(tabs.list()).isEmpty();
        assertThat(followed()).hasSize(1);
    }
}
