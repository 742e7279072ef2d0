package io.orchestrator.core.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.testkit.generate.RecordGenerator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Strategic merge patches with all their instructions, of random objects, against {@link StrategicOracle}. A failure names its
 * seed; {@code -Dpatch.seeds=N} tries more.
 */
class StrategicMergeOracleTest {
    private static final int SEEDS = Integer.getInteger("patch.seeds", 150);
    private static final Schemas SCHEMAS = new Schemas();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectCodec codec = new ObjectCodec(SCHEMAS);

    static List<ResourceType<?>> kinds() {
        return List.of(Pod.TYPE, Deployment.TYPE, Service.TYPE, ServiceAccount.TYPE, Node.TYPE);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <T extends Resource> void patchesMeanWhatTheOracleSays(ResourceType<T> kind) {
        RecordSchema schema = SCHEMAS.of(kind.objectClass());
        for (int seed = 0; seed < SEEDS; seed++) {
            RecordGenerator generator = new RecordGenerator(SCHEMAS, seed);
            Map<String, Object> live = tree(generator.next(kind.objectClass()), schema);
            Map<String, Object> other = tree(generator.next(kind.objectClass()), schema);
            Map<String, Object> patch = new Patches(new Random(seed)).of(live, other, kind.kind());

            JsonNode patched = StrategicMergePatch.apply(JSON.valueToTree(live), JSON.valueToTree(patch), schema);

            assertThat(plain(patched))
                    .as("seed %d, live %s, patch %s", seed, JSON.valueToTree(live), JSON.valueToTree(patch))
                    .isEqualTo(StrategicOracle.merged(live, patch, kind.kind()));
        }
    }

    private Map<String, Object> tree(Resource object, RecordSchema schema) {
        return plain(PlainTrees.of(codec.toTree(object), schema));
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

        private void into(
                Map<String, Object> patch, String name, @Nullable Object live, Object other, String path) {
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
                List<?> gone = live.stream().filter(value -> !other.contains(value) && chance(50)).toList();
                if (!gone.isEmpty()) {
                    patch.put("$deleteFromPrimitiveList/" + name, gone);
                }
            } else {
                for (Object item : other) {
                    items.add(item(live, StrategicOracle.map(item), key, path));
                }
                for (Object item : live) {
                    Object id = StrategicOracle.map(item).get(key);
                    boolean named = items.stream().anyMatch(each -> id.equals(StrategicOracle.map(each).get(key)));
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
                patch.put("$setElementOrder/" + name, order(items, live, key));
            }
        }

        /** One that stands already is changed in a part. */
        private Object item(List<?> live, Map<String, Object> other, String key, String path) {
            if (!live.isEmpty() && chance(50)) {
                Map<String, Object> standing = StrategicOracle.map(live.get(random.nextInt(live.size())));
                Map<String, Object> changed = of(standing, other, path);
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
            java.util.Collections.shuffle(order, random);
            return order;
        }

        private static void add(Object item, String key, List<Object> order) {
            Object named = key.isEmpty()
                    ? item
                    : Map.of(key, StrategicOracle.map(item).get(key));
            if (!order.contains(named)) {
                order.add(named);
            }
        }
    }
}
