package io.orchestrator.core.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.schema.Kinds;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.testkit.generate.RecordGenerator;
import java.util.Collection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Strategic merge patches of random objects of every kind; a failure names its seed. */
class StrategicMergePropertyTest {
    private static final int SEEDS = 20;
    private static final Schemas SCHEMAS = new Schemas();

    private final ObjectCodec codec = new ObjectCodec(SCHEMAS);

    static Collection<ResourceType<?>> kinds() {
        return Kinds.builtIn().all();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void thePatchBetweenTwoObjectsLeadsFromOneToTheOther(ResourceType<?> kind) {
        RecordSchema schema = SCHEMAS.of(kind.objectClass());
        for (int seed = 0; seed < SEEDS; seed++) {
            RecordGenerator generator = new RecordGenerator(SCHEMAS, seed);
            ObjectNode from = PlainTrees.of(codec.toTree(generator.next(kind.objectClass())), schema);
            ObjectNode to = PlainTrees.of(codec.toTree(generator.next(kind.objectClass())), schema);
            ObjectNode patch = StrategicDiff.between(from, to, schema);
            assertThat(StrategicMergePatch.apply(from, patch, schema))
                    .as("seed %d, patch %s", seed, patch)
                    .isEqualTo(to);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aPatchThatIsAppliedTwiceChangesNothingMore(ResourceType<?> kind) {
        RecordSchema schema = SCHEMAS.of(kind.objectClass());
        for (int seed = 0; seed < SEEDS; seed++) {
            RecordGenerator generator = new RecordGenerator(SCHEMAS, seed);
            ObjectNode from = PlainTrees.of(codec.toTree(generator.next(kind.objectClass())), schema);
            ObjectNode patch = PlainTrees.of(codec.toTree(generator.next(kind.objectClass())), schema);
            JsonNode once = StrategicMergePatch.apply(from, patch, schema);
            assertThat(StrategicMergePatch.apply(once, patch, schema))
                    .as("seed %d", seed)
                    .isEqualTo(once);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void nothingIsTakenFromTheArguments(ResourceType<?> kind) {
        RecordSchema schema = SCHEMAS.of(kind.objectClass());
        RecordGenerator generator = new RecordGenerator(SCHEMAS, 1);
        ObjectNode from = PlainTrees.of(codec.toTree(generator.next(kind.objectClass())), schema);
        ObjectNode to = PlainTrees.of(codec.toTree(generator.next(kind.objectClass())), schema);
        ObjectNode patch = StrategicDiff.between(from, to, schema);
        ObjectNode fromBefore = from.deepCopy();
        ObjectNode patchBefore = patch.deepCopy();
        StrategicMergePatch.apply(from, patch, schema);
        assertThat(from).isEqualTo(fromBefore);
        assertThat(patch).isEqualTo(patchBefore);
    }
}
