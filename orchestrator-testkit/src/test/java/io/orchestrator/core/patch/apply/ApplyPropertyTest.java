package io.orchestrator.core.patch.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Time;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.patch.PlainTrees;
import io.orchestrator.core.schema.Kinds;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.testkit.generate.RecordGenerator;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every apply, tried with random bodies of every kind; a failure names its seed. */
class ApplyPropertyTest {
    private static final int SEEDS = 10;
    private static final Schemas SCHEMAS = new Schemas();
    private static final Time NOW = Time.of(Instant.EPOCH);

    /** What the server sets, so that an applier can not have it removed. */
    private static final List<String> UNOWNED = List.of(
            "name",
            "namespace",
            "creationTimestamp",
            "selfLink",
            "uid",
            "generation",
            "managedFields",
            "resourceVersion");

    private final ObjectCodec codec = new ObjectCodec(SCHEMAS);
    private final ServerSideApply apply = new ServerSideApply(codec);
    private final FieldWriter one = FieldWriter.named("one");
    private final FieldWriter other = FieldWriter.named("other");

    static Collection<ResourceType<?>> kinds() {
        return Kinds.builtIn().all();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <T extends Resource> void aSoleApplierHasWhatItAppliedLast(ResourceType<T> kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            RecordGenerator generator = new RecordGenerator(SCHEMAS, seed);
            ObjectNode first = body(generator, kind);
            ObjectNode second = body(generator, kind);
            T before = apply(null, first, kind, one, false);
            assertThat(content(apply(before, second, kind, one, false)))
                    .as("seed %d", seed)
                    .isEqualTo(content(apply(null, second, kind, one, false)));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <T extends Resource> void toApplyTheSameAgainChangesNothing(ResourceType<T> kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            ObjectNode body = body(new RecordGenerator(SCHEMAS, seed), kind);
            T applied = apply(null, body, kind, one, false);
            assertThat(apply(applied, body, kind, one, false))
                    .as("seed %d", seed)
                    .isEqualTo(applied);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <T extends Resource> void whoForcesWinsAndMayThenApplyTheSameWithoutForce(ResourceType<T> kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            RecordGenerator generator = new RecordGenerator(SCHEMAS, seed);
            T mine = apply(null, body(generator, kind), kind, one, false);
            ObjectNode theirs = body(generator, kind);
            T forced = apply(mine, theirs, kind, other, true);
            assertThat(apply(forced, theirs, kind, other, false))
                    .as("seed %d", seed)
                    .isEqualTo(forced);
        }
    }

    /** The oracle lists what each body says, leaf by leaf; who says another thing about a leaf of somebody else conflicts. */
    @ParameterizedTest
    @MethodSource("kinds")
    <T extends Resource> void appliersConflictExactlyWhereTheyDisagree(ResourceType<T> kind) {
        Shape shape = Shape.of(SCHEMAS.of(kind.objectClass()));
        for (int seed = 0; seed < SEEDS; seed++) {
            RecordGenerator generator = new RecordGenerator(SCHEMAS, seed);
            ObjectNode mine = body(generator, kind);
            ObjectNode theirs = body(generator, kind);
            T live = apply(null, mine, kind, one, false);
            Map<String, JsonNode> said = said(mine, kind, shape);
            boolean disagree = said(theirs, kind, shape).entrySet().stream()
                    .anyMatch(leaf -> said.containsKey(leaf.getKey())
                            && !said.get(leaf.getKey()).equals(leaf.getValue()));
            boolean conflict = false;
            try {
                apply(live, theirs, kind, other, false);
            } catch (ApplyConflictException e) {
                conflict = true;
            }
            assertThat(conflict).as("seed %d", seed).isEqualTo(disagree);
        }
    }

    /** What the body says, as the API would write it. */
    private Map<String, JsonNode> said(ObjectNode body, ResourceType<?> kind, Shape shape) {
        JsonNode written = codec.toTree(codec.read(body, kind.objectClass()).value());
        Map<String, JsonNode> said = leaves(written, shape);
        said.keySet().retainAll(leaves(body, shape).keySet());
        return said;
    }

    private static Map<String, JsonNode> leaves(JsonNode tree, Shape shape) {
        Map<String, JsonNode> leaves = new HashMap<>();
        collect("", tree, shape, leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode value, Shape shape, Map<String, JsonNode> into) {
        if (shape.isObject() && value.isObject()) {
            value.properties()
                    .forEach(field ->
                            collect(path + "/" + field.getKey(), field.getValue(), shape.child(field.getKey()), into));
        } else if (shape.isList() && value.isArray()) {
            shape.items(value).forEach((step, item) -> collect(path + "/" + step, item, shape.item(), into));
        } else if (!path.equals("/kind") && !path.equals("/apiVersion")) {
            into.put(path, value);
        }
    }

    private <T extends Resource> ObjectNode body(RecordGenerator generator, ResourceType<T> kind) {
        RecordSchema schema = SCHEMAS.of(kind.objectClass());
        ObjectNode body = PlainTrees.of(codec.toTree(generator.next(kind.objectClass())), schema);
        body.remove("status");
        ObjectNode metadata = (ObjectNode) body.get("metadata");
        metadata.remove(UNOWNED);
        return body;
    }

    private <T extends Resource> T apply(
            @Nullable T live, ObjectNode body, ResourceType<T> kind, FieldWriter manager, boolean force) {
        return apply.apply(live, codec.trees().text(body), kind.objectClass(), manager, force, NOW)
                .value();
    }

    private JsonNode content(Resource object) {
        return codec.toTree(object.withMetadata(object.metadata().withManagedFields(List.of())));
    }
}
