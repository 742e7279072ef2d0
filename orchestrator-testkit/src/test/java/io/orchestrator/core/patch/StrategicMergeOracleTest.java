package io.orchestrator.core.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.Schemas;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Strategic merge patches with all their instructions, of crowded objects, against {@link StrategicOracle}. A failure names its
 * seed; {@code -Dpatch.seeds=N} tries more.
 */
class StrategicMergeOracleTest {
    private static final int SEEDS = Integer.getInteger("patch.seeds", 200);
    private static final Schemas SCHEMAS = new Schemas();
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<ResourceType<?>> kinds() {
        return List.of(Pod.TYPE, Deployment.TYPE, Service.TYPE);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void patchesMeanWhatTheOracleSays(ResourceType<?> kind) {
        RecordSchema schema = SCHEMAS.of(kind.objectClass());
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            CrowdedObjects objects = new CrowdedObjects(random);
            Map<String, Object> live = objects.next(kind.kind());
            Map<String, Object> patch = new Patches(random).of(live, objects.next(kind.kind()), kind.kind());

            JsonNode patched = StrategicMergePatch.apply(JSON.valueToTree(live), JSON.valueToTree(patch), schema);

            assertThat(plain(patched))
                    .as("seed %d, live %s, patch %s", seed, JSON.valueToTree(live), JSON.valueToTree(patch))
                    .isEqualTo(StrategicOracle.merged(live, patch, kind.kind()));
        }
    }

    private static Map<String, Object> plain(JsonNode tree) {
        return JSON.convertValue(tree, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /** Random patches that touch much of what stands. */
    private record Patches(Random random) {

        private boolean chance(int percent) {
            return random.nextInt(100) < percent;
        }

        Map<String, Object> of(Map<String, Object> live, Map<String, Object> other, String path) {
            Map<String, Object> patch = new LinkedHashMap<>();
            if (chance(4)) {
                patch.put("$patch", "replace");
                patch.putAll(other);
                return patch;
            }
            live.forEach((name, value) -> {
                if (chance(10)) {
                    patch.put(name, null);
                }
            });
            other.forEach((name, value) -> {
                if (!patch.containsKey(name) && chance(60)) {
                    into(patch, name, live.get(name), value, path + "." + name);
                }
            });
            if (chance(6)) {
                List<String> kept = new ArrayList<>(patch.keySet());
                kept.removeIf(name -> name.startsWith("$"));
                live.keySet().stream().filter(name -> chance(50)).forEach(kept::add);
                patch.put("$retainKeys", kept.stream().distinct().toList());
            }
            return patch;
        }

        private void into(Map<String, Object> patch, String name, @Nullable Object live, Object other, String path) {
            String key = StrategicOracle.key(path);
            if (!areNamed(live, key) || !areNamed(other, key)) {
                return;
            }
            if (other instanceof Map<?, ?> map) {
                patch.put(
                        name,
                        live instanceof Map<?, ?> standing
                                ? of(StrategicOracle.map(standing), StrategicOracle.map(map), path)
                                : map);
            } else if (other instanceof List<?> list && key != null && live instanceof List<?> standing) {
                list(patch, name, standing, list, key, path);
            } else {
                patch.put(name, other);
            }
        }

        /** Items without their keys are refused, which is tried elsewhere. */
        private static boolean areNamed(@Nullable Object list, @Nullable String key) {
            return key == null
                    || key.isEmpty()
                    || !(list instanceof List<?> items)
                    || items.stream().allMatch(item -> StrategicOracle.map(item).containsKey(key));
        }

        private void list(
                Map<String, Object> patch, String name, List<?> live, List<?> other, String key, String path) {
            List<Object> items = new ArrayList<>();
            if (key.isEmpty()) {
                items.addAll(other);
                List<?> gone = live.stream()
                        .filter(value -> !other.contains(value) && chance(50))
                        .toList();
                if (!gone.isEmpty()) {
                    patch.put("$deleteFromPrimitiveList/" + name, gone);
                }
            } else {
                for (Object item : other) {
                    Map<String, Object> change = item(live, StrategicOracle.map(item), key, path);
                    if (items.stream().noneMatch(each -> sameKey(each, change, key))) {
                        items.add(change);
                    }
                }
                for (Object item : live) {
                    Object id = StrategicOracle.map(item).get(key);
                    boolean named = items.stream()
                            .anyMatch(
                                    each -> id.equals(StrategicOracle.map(each).get(key)));
                    if (!named && chance(30)) {
                        items.add(new LinkedHashMap<>(Map.of(key, id, "$patch", "delete")));
                    }
                }
                if (chance(5)) {
                    items.add(new LinkedHashMap<>(Map.of("$patch", "replace")));
                }
            }
            patch.put(name, items);
            boolean instructed = items.stream()
                    .anyMatch(item -> item instanceof Map<?, ?> map && "replace".equals(map.get("$patch")));
            if (!instructed && chance(40)) {
                List<Object> order = order(items, live, key);
                if (patch.get("$deleteFromPrimitiveList/" + name) instanceof List<?> gone) {
                    order.removeAll(gone);
                }
                patch.put("$setElementOrder/" + name, order);
            }
        }

        private static boolean sameKey(Object one, Map<String, Object> other, String key) {
            return StrategicOracle.map(one).get(key).equals(other.get(key));
        }

        /** One that stands already is changed in a part. */
        private Map<String, Object> item(List<?> live, Map<String, Object> other, String key, String path) {
            if (!live.isEmpty() && chance(50)) {
                Map<String, Object> standing = StrategicOracle.map(live.get(random.nextInt(live.size())));
                Map<String, Object> changed = of(standing, other, path);
                // An item with an instruction says nothing else, and those that say nothing else are made elsewhere.
                changed.remove("$patch");
                changed.put(key, standing.get(key));
                if (changed.get("$retainKeys") instanceof List<?> kept && !kept.contains(key)) {
                    changed.remove("$retainKeys");
                }
                return changed;
            }
            return other;
        }

        /** What the patch brings must be in it, and some of what stands may. */
        private List<Object> order(List<Object> items, List<?> live, String key) {
            List<Object> order = new ArrayList<>();
            for (Object item : items) {
                boolean gone = item instanceof Map<?, ?> map && "delete".equals(map.get("$patch"));
                if (!gone) {
                    add(item, key, order);
                }
            }
            live.stream().filter(item -> chance(50)).forEach(item -> {
                boolean gone = items.stream()
                        .anyMatch(each -> each instanceof Map<?, ?> map
                                && "delete".equals(map.get("$patch"))
                                && map.get(key).equals(StrategicOracle.map(item).get(key)));
                if (!gone) {
                    add(item, key, order);
                }
            });
            Collections.shuffle(order, random);
            return order;
        }

        private static void add(Object item, String key, List<Object> order) {
            Object named =
                    key.isEmpty() ? item : Map.of(key, StrategicOracle.map(item).get(key));
            if (!order.contains(named)) {
                order.add(named);
            }
        }
    }
}
