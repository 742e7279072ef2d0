package io.orchestrator.core.patch.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ResourceQuota;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.patch.PatchException;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.Kind;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.testkit.generate.RecordGenerator;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records are compared as their trees are: the trees are the oracle. */
class RecordFieldsTest {
    private static final int SEEDS = 400;

    private final Schemas schemas = new Schemas();
    private final ObjectCodec codec = new ObjectCodec(schemas);
    private final RecordFields fields = new RecordFields(new WireValues(codec.trees()));

    @ParameterizedTest
    @ValueSource(
            classes = {Pod.class, Deployment.class, Service.class, Node.class, StatefulSet.class, ResourceQuota.class})
    void findsWhatTheTreesShow(Class<? extends Resource> kind) {
        RecordSchema schema = schemas.of(kind);
        int different = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            RecordGenerator generator = new RecordGenerator(schemas, seed);
            Resource before =
                    seed % 10 == 0 ? kind.cast(schema.newInstance(schema.newArguments())) : generator.next(kind);
            Resource after = seed % 3 == 0 ? generator.next(kind) : mixed(before, generator.next(kind), schema, seed);
            JsonNode first = codec.toTree(before);
            JsonNode second = codec.toTree(after);
            Shape shape = Shape.of(schema);
            Object oracle = answer(() -> ObjectFields.changed(first, second, shape));
            assertThat(answer(() -> fields.changed(before, after, schema)))
                    .as("changed, seed %s", seed)
                    .isEqualTo(oracle);
            assertThat(answer(() -> fields.removed(before, after, schema)))
                    .as("removed, seed %s", seed)
                    .isEqualTo(answer(() -> ObjectFields.removed(first, second, shape)));
            JsonNode nothing = codec.toTree(schema.newInstance(schema.newArguments()));
            Object all = answer(() -> ObjectFields.changed(nothing, second, shape));
            for (int again = 0; again < 3; again++) {
                assertThat(answer(() -> fields.ofNew(after, schema)))
                        .as("all, seed %s", seed)
                        .isEqualTo(all);
            }
            different += oracle.toString().length() > 2 ? 1 : 0;
        }
        assertThat(different).isGreaterThan(SEEDS / 4);
    }

    @Test
    void theSameAmountInOtherWordsIsNoChange() {
        Pod half = pod("0.5");
        Pod same = pod("500m");
        Pod other = pod("501m");
        RecordSchema schema = schemas.of(Pod.class);
        assertThat(fields.changed(half, same, schema)).isEqualTo(FieldSet.EMPTY);
        assertThat(fields.changed(half, other, schema).paths()).containsExactly(".spec.overhead.cpu");
    }

    /** Some fields of one, the rest of the other: most of what is common stays the same object. */
    private Resource mixed(Resource one, Resource other, RecordSchema schema, long seed) {
        return (Resource) mix(one, other, schema, new Random(seed));
    }

    private static Object mix(Object one, Object other, RecordSchema schema, Random random) {
        @Nullable Object[] arguments = schema.newArguments();
        for (FieldSchema field : schema.fields()) {
            Object mine = field.get(one);
            Object theirs = field.get(other);
            boolean both = mine != null && theirs != null;
            arguments[field.index()] = switch (random.nextInt(3)) {
                case 0 -> theirs;
                case 1 ->
                    both && field.type().kind() == Kind.RECORD
                            ? mix(mine, theirs, field.type().record(), random)
                            : mine;
                default -> mine;
            };
        }
        return schema.newInstance(arguments);
    }

    /** The set, or the refusal. */
    private static Object answer(Supplier<FieldSet> question) {
        try {
            return question.get();
        } catch (PatchException e) {
            return e.toString();
        }
    }

    private static Pod pod(String cpu) {
        Pod pod = Pod.named("a").container("a", "a").build();
        return pod.withSpec(pod.spec().withOverhead(Map.of("cpu", Quantity.parse(cpu))));
    }
}
