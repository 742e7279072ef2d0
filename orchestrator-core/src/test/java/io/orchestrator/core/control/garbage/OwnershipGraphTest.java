package io.orchestrator.core.control.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.ConfigMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OwnershipGraphTest {
    private final List<Resource> cached = new ArrayList<>();
    private final View view = new Cached();

    @Test
    void nothingIsToBeDecidedAboutWhatStandsWithoutOwners() {
        ConfigMap plain = map(metadata -> {});
        cached.add(plain);
        assertThat(touchedBy(plain)).isEmpty();
    }

    @Test
    void whatWentIsLookedAtForThoseThatItOwned() {
        assertThat(touchedBy(map(metadata -> {}))).extracting(ObjectKey::name).containsExactly("uid-1");
    }

    @Test
    void whatHasAnOwnerIsLookedAtAndSoIsTheOwner() {
        ConfigMap owned = map(metadata -> metadata.ownerReferences(List.of(OwnerReferenceBuilder.builder()
                .apiVersion("v1")
                .kind("ConfigMap")
                .name("owner")
                .uid("uid-2")
                .build())));
        cached.add(owned);
        assertThat(touchedBy(owned)).extracting(ObjectKey::name).containsExactly("uid-1", "uid-2");
    }

    @Test
    void whatIsOnItsWayOutOrMayBeHeldThereIsLookedAt() {
        ConfigMap held = map(metadata -> metadata.finalizers(List.of(Finalizers.ORPHAN)));
        ConfigMap going = map(metadata -> metadata.deletionTimestamp(Time.of(Instant.EPOCH)));
        for (ConfigMap each : List.of(held, going)) {
            cached.clear();
            cached.add(each);
            assertThat(touchedBy(each)).extracting(ObjectKey::name).containsExactly("uid-1");
        }
    }

    private static ConfigMap map(Consumer<ObjectMetaBuilder> edit) {
        ObjectMetaBuilder metadata =
                ObjectMetaBuilder.builder().name("map").namespace("default").uid("uid-1");
        edit.accept(metadata);
        return ConfigMap.named("map").build().withMetadata(metadata.build());
    }

    @SuppressWarnings("unchecked") // the graph is over this kind alone
    private List<ObjectKey> touchedBy(ConfigMap map) {
        Source<ConfigMap> source = (Source<ConfigMap>)
                new OwnershipGraph(List.of(ConfigMap.TYPE)).sources().get(0);
        return source.keys().keys(map, view);
    }

    /** Knows objects by their uid alone. */
    private final class Cached implements View {
        @Override
        public <T extends Resource> List<T> byIndex(ResourceType<T> type, String index, String value) {
            return cached.stream()
                    .filter(object -> object.metadata().uid().equals(value))
                    .map(type.objectClass()::cast)
                    .toList();
        }

        @Override
        public <T extends Resource> Optional<T> get(ResourceType<T> type, ObjectKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends Resource> List<T> list(ResourceType<T> type, String namespace) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends Resource> List<T> list(ResourceType<T> type, String namespace, Map<String, String> labels) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends Resource> List<T> ownedBy(ResourceType<T> type, String ownerUid) {
            throw new UnsupportedOperationException();
        }
    }
}
