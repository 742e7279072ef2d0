package io.orchestrator.samples.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonDiff;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.patch.JsonPatch;
import io.orchestrator.core.patch.MergePatch;
import io.orchestrator.core.schema.Kinds;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.testkit.generate.RecordGenerator;
import java.util.Collection;
import java.util.Iterator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * JSON patches as others write them, between random objects of every kind: what zjsonpatch says leads from one to the other
 * does so here too. A failure names its seed.
 */
class JsonPatchOracleTest {
    private static final int SEEDS = 10;
    private static final Schemas SCHEMAS = new Schemas();

    private final ObjectCodec codec = new ObjectCodec(SCHEMAS);

    static Collection<ResourceType<?>> kinds() {
        return Kinds.builtIn().all();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theOperationsOfAStrangersDiffLeadFromOneToTheOther(ResourceType<?> kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            RecordGenerator generator = new RecordGenerator(SCHEMAS, seed);
            JsonNode from = codec.toTree(generator.next(kind.objectClass()));
            JsonNode to = codec.toTree(generator.next(kind.objectClass()));
            JsonNode operations = JsonDiff.asJson(from, to);
            assertThat(JsonPatch.of(operations).apply(from))
                    .as("seed %d, patch %s", seed, operations)
                    .isEqualTo(to)
                    .isEqualTo(io.fabric8.zjsonpatch.JsonPatch.apply(operations, from));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aMergePatchThatNamesWhatIsGoneLeadsFromOneToTheOther(ResourceType<?> kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            RecordGenerator generator = new RecordGenerator(SCHEMAS, seed);
            JsonNode from = withoutNulls(codec.toTree(generator.next(kind.objectClass())));
            JsonNode to = withoutNulls(codec.toTree(generator.next(kind.objectClass())));
            JsonNode patch = difference(from, to);
            assertThat(MergePatch.apply(from, patch))
                    .as("seed %d, patch %s", seed, patch)
                    .isEqualTo(to);
        }
    }

    /** What RFC 7386 wants said: what is new or other, and null for what is gone. */
    private static JsonNode difference(JsonNode from, JsonNode to) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        from.fieldNames().forEachRemaining(name -> {
            if (!to.has(name)) {
                patch.putNull(name);
            }
        });
        to.properties().forEach(field -> {
            JsonNode before = from.get(field.getKey());
            JsonNode after = field.getValue();
            if (before != null && before.isObject() && after.isObject()) {
                patch.set(field.getKey(), difference(before, after));
            } else if (!after.equals(before)) {
                patch.set(field.getKey(), after);
            }
        });
        return patch;
    }

    /** A merge patch cannot make a null. */
    private static JsonNode withoutNulls(JsonNode node) {
        for (Iterator<JsonNode> each = node.elements(); each.hasNext(); ) {
            JsonNode child = each.next();
            if (child.isNull() && node.isObject()) {
                each.remove();
            } else {
                withoutNulls(child);
            }
        }
        return node;
    }
}
