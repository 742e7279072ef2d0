package io.orchestrator.core.patch.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchestrator.api.meta.ManagedFieldsEntry;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.patch.CrowdedObjects;
import io.orchestrator.core.schema.Schemas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Histories of applies and other writes by several managers, against {@link ApplyOracle}: what stands after each, who owns what,
 * and who is in whose way. A failure names its seed; {@code -Dpatch.seeds=N} tries more.
 */
class ApplyOracleTest {
    private static final int SEEDS = Integer.getInteger("patch.seeds", 40);
    private static final int WRITES = 12;
    private static final Time NOW = Time.of(Instant.EPOCH);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectCodec codec = new ObjectCodec(new Schemas());
    private final ServerSideApply apply = new ServerSideApply(codec);

    @Test
    void historiesEndAsTheOracleSays() throws JsonProcessingException {
        for (int seed = 0; seed < SEEDS; seed++) {
            new History(seed).run();
        }
    }

    private final class History {
        private final int seed;
        private final Random random;
        private final CrowdedObjects objects;
        private final ApplyOracle oracle = new ApplyOracle();
        private final List<String> told = new ArrayList<>();
        private @Nullable Deployment live;

        History(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.objects = new CrowdedObjects(random);
        }

        void run() throws JsonProcessingException {
            for (int i = 0; i < WRITES; i++) {
                String who = List.of("one", "two", "three").get(random.nextInt(3));
                Map<String, Object> body = body();
                Deployment standing = live;
                if (standing != null && random.nextInt(4) == 0) {
                    told.add("update " + who + " " + JSON.writeValueAsString(body));
                    Deployment written = read(body, standing.metadata().managedFields());
                    live = apply.track(standing, written, Deployment.class, FieldWriter.named(who), NOW);
                    oracle.update("Update " + who, content(written));
                } else {
                    apply(who, body, random.nextInt(3) == 0);
                }
                compare();
            }
        }

        private void apply(String who, Map<String, Object> body, boolean force) throws JsonProcessingException {
            String text = JSON.writeValueAsString(body);
            told.add((force ? "force " : "apply ") + who + " " + text);
            Map<String, Object> wanted = ApplyOracle.flat(body);
            Map<String, Set<String>> conflicts = oracle.conflicts("Apply " + who, wanted);
            Map<String, Set<String>> found = new TreeMap<>();
            try {
                live = apply.apply(live, text, Deployment.class, FieldWriter.named(who), force, NOW)
                        .value();
                oracle.apply("Apply " + who, wanted);
            } catch (ApplyConflictException e) {
                found.put("conflict", Set.of());
            }
            assertThat(!found.isEmpty())
                    .as(() -> "seed " + seed + ", conflicts " + conflicts + ", after " + String.join("\n", told))
                    .isEqualTo(!force && !conflicts.isEmpty());
        }

        private void compare() {
            Deployment standing = live;
            if (standing == null) {
                return;
            }
            assertThat(content(standing))
                    .as(() -> "seed " + seed + ", after " + String.join("\n", told))
                    .isEqualTo(oracle.live());
            Map<String, Set<String>> owners = new TreeMap<>();
            for (ManagedFieldsEntry entry : standing.metadata().managedFields()) {
                owners.put(
                        entry.operation() + " " + entry.manager(),
                        new TreeSet<>(ApplyOracle.owned(plain(codec.toTree(standing)
                                .at("/metadata/managedFields")
                                .get(standing.metadata().managedFields().indexOf(entry))
                                .get("fieldsV1")))));
            }
            owners.values().removeIf(Set::isEmpty);
            assertThat(owners)
                    .as(() -> "seed " + seed + ", after " + String.join("\n", told))
                    .isEqualTo(oracle.owners());
        }

        private Map<String, Object> body() {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("apiVersion", "apps/v1");
            body.put("kind", "Deployment");
            body.putAll(objects.next("Deployment"));
            ApplyOracle.map(body.get("metadata")).put("name", "web");
            return body;
        }
    }

    private Map<String, Object> content(Deployment object) {
        return ApplyOracle.flat(
                plain(codec.toTree(object.withMetadata(object.metadata().withManagedFields(List.of())))));
    }

    private Deployment read(Map<String, Object> body, List<ManagedFieldsEntry> managed) {
        Deployment written =
                codec.read(JSON.valueToTree(body), Deployment.class).value();
        return written.withMetadata(written.metadata().withManagedFields(managed));
    }

    private static Map<String, Object> plain(JsonNode tree) {
        return JSON.convertValue(tree, new TypeReference<LinkedHashMap<String, Object>>() {});
    }
}
