package io.orchestrator.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.control.ControllerSpec.Index;
import io.orchestrator.api.model.core.ConfigMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ObjectCacheTest {
    private final ObjectCache<ConfigMap> cache = new ObjectCache<>();

    @Test
    void indexesWithOneFunctionAreKeptOnce() {
        AtomicInteger asked = new AtomicInteger();
        Function<ConfigMap, List<String>> values = map -> {
            asked.incrementAndGet();
            return List.of(map.data().getOrDefault("color", "none"));
        };
        ConfigMap early = ConfigMap.named("early").data("color", "red").build();
        cache.put(early);
        cache.index(new Index<>("one/color", values));
        cache.index(new Index<>("other/color", values));
        asked.set(0);

        ConfigMap late = ConfigMap.named("late").data("color", "red").build();
        cache.put(late);

        assertThat(asked).hasValue(1);
        assertThat(cache.byIndex("one/color", "red")).containsExactly(early, late);
        assertThat(cache.byIndex("other/color", "red")).containsExactly(early, late);
    }

    @Test
    void whatIsFoundUnderAnotherValueIsFoundUnderTheOldOneNoMore() {
        cache.index(new Index<>("color", map -> List.of(map.data().getOrDefault("color", "none"))));
        cache.put(ConfigMap.named("map").data("color", "red").build());

        ConfigMap blue = ConfigMap.named("map").data("color", "blue").build();
        cache.put(blue);

        assertThat(cache.byIndex("color", "red")).isEmpty();
        assertThat(cache.byIndex("color", "blue")).containsExactly(blue);
    }
}
