package io.orchestrator.testkit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.Decoded;
import io.orchestrator.core.codec.Limits;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.codec.protobuf.ProtobufCodec;
import io.orchestrator.core.codec.yaml.YamlReader;
import io.orchestrator.core.patch.JsonPatch;
import io.orchestrator.core.patch.MergePatch;
import io.orchestrator.core.schema.Kinds;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.testkit.generate.RecordGenerator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every object of every kind, tried on many; a failure names its seed. */
class CodecPropertyTest {
    private static final int SEEDS = 60;
    private static final Schemas SCHEMAS = new Schemas();

    private final ObjectCodec codec = new ObjectCodec(SCHEMAS);
    private final ProtobufCodec protobuf = new ProtobufCodec(SCHEMAS, Limits.DEFAULT);

    static Collection<ResourceType<?>> kinds() {
        return Kinds.builtIn().all();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void jsonGivesBackWhatWentIn(ResourceType<?> kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Object object = new RecordGenerator(SCHEMAS, seed).next(kind.objectClass());
            byte[] json = codec.encode(object);
            Decoded<?> decoded = codec.read(json, kind.objectClass());
            assertThat(decoded.value()).as("seed %d", seed).isEqualTo(object);
            assertThat(decoded.problems()).as("seed %d", seed).isEmpty();
            assertThat(codec.encode(decoded.value())).as("seed %d", seed).isEqualTo(json);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatComesAgainIsReadAndWrittenAsTheFirstTime(ResourceType<?> kind) {
        for (int seed = 0; seed < SEEDS / 4; seed++) {
            Object object = new RecordGenerator(SCHEMAS, seed).next(kind.objectClass());
            byte[] json = codec.encode(object);
            for (int again = 0; again < 4; again++) {
                Object read = codec.read(json, kind.objectClass()).value();
                assertThat(read).as("seed %d", seed).isEqualTo(object);
                assertThat(codec.splice(read).whole()).as("seed %d", seed).isEqualTo(json);
                assertThat(codec.splice(object).whole()).as("seed %d", seed).isEqualTo(json);
                assertThat(codec.encode(read)).as("seed %d", seed).isEqualTo(json);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aTreeSaysTheSameAsTheBytes(ResourceType<?> kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Object object = new RecordGenerator(SCHEMAS, seed).next(kind.objectClass());
            JsonNode tree = codec.toTree(object);
            assertThat(tree).as("seed %d", seed).isEqualTo(codec.trees().parse(codec.encode(object)));
            assertThat(codec.read(tree, kind.objectClass()).value())
                    .as("seed %d", seed)
                    .isEqualTo(object);
        }
    }

    /** Kinds without field numbers, as definitions of custom resources are, travel as JSON alone. */
    static Collection<ResourceType<?>> protobufKinds() {
        return kinds().stream()
                .filter(kind -> !SCHEMAS.of(kind.objectClass()).tagged().isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("protobufKinds")
    void protobufGivesBackWhatWentIn(ResourceType<?> kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Object object = new RecordGenerator(SCHEMAS, seed).next(kind.objectClass());
            assertThat(protobuf.read(protobuf.encode(object), kind.objectClass())
                            .value())
                    .as("seed %d", seed)
                    .isEqualTo(object);
        }
    }

    /** JSON is YAML, but for what YAML makes of long scalars; so the two readers must agree. */
    @ParameterizedTest
    @MethodSource("kinds")
    void yamlReadsWhatIsWrittenAsJson(ResourceType<?> kind) {
        YamlReader yaml = new YamlReader(Limits.YAML);
        for (int seed = 0; seed < SEEDS / 4; seed++) {
            Object object = new RecordGenerator(SCHEMAS, seed).next(kind.objectClass());
            JsonNode tree = yaml.document(codec.trees().text(codec.toTree(object)));
            assertThat(codec.read(tree, kind.objectClass()).value())
                    .as("seed %d", seed)
                    .isEqualTo(object);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void mutilatedBodiesAreReadOrRefusedButNeverMore(ResourceType<?> kind) {
        Random random = new Random(7);
        for (int seed = 0; seed < SEEDS; seed++) {
            Object object = new RecordGenerator(SCHEMAS, seed).next(kind.objectClass());
            byte[] json = codec.encode(object);
            byte[] message = protobuf.encode(object);
            for (int i = 0; i < 20; i++) {
                mutilate(json, random);
                mutilate(message, random);
                refusedAtMost(() -> codec.read(json, kind.objectClass()));
                refusedAtMost(() -> protobuf.read(message, kind.objectClass()));
            }
        }
    }

    /** An escape in the first name sends a body to the thorough reader, which is to say the same of it as the fast one. */
    @ParameterizedTest
    @MethodSource("kinds")
    void bothReadersSayTheSameOfWholeAndMutilatedBodies(ResourceType<?> kind) {
        Random random = new Random(11);
        for (int seed = 0; seed < SEEDS; seed++) {
            byte[] json = codec.encode(new RecordGenerator(SCHEMAS, seed).next(kind.objectClass()));
            for (int i = 0; i < 10; i++) {
                assertThat(outcome(json, kind))
                        .as("seed %d, step %d", seed, i)
                        .isEqualTo(outcome(withEscapedName(json), kind));
                json[8 + random.nextInt(json.length - 8)] = (byte) random.nextInt(256);
            }
        }
    }

    private static byte[] withEscapedName(byte[] json) {
        assertThat(new String(json, 0, 7, StandardCharsets.US_ASCII)).isEqualTo("{\"kind\"");
        byte[] name = "{\"\\u006bind\"".getBytes(StandardCharsets.US_ASCII);
        byte[] other = Arrays.copyOf(name, name.length + json.length - 7);
        System.arraycopy(json, 7, other, name.length, json.length - 7);
        return other;
    }

    /** What was read, or why not; where in the line that is differs by the escape. */
    private Object outcome(byte[] json, ResourceType<?> kind) {
        try {
            return codec.read(json, kind.objectClass());
        } catch (DecodeException e) {
            return String.valueOf(e.getMessage()).replaceAll("column \\d+", "column");
        } catch (IllegalArgumentException e) {
            return e.toString();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aMergePatchOfEverythingMakesTheOther(ResourceType<?> kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            RecordGenerator generator = new RecordGenerator(SCHEMAS, seed);
            JsonNode from = codec.toTree(generator.next(kind.objectClass()));
            JsonNode to = codec.toTree(generator.next(kind.objectClass()));
            JsonNode patch = codec.trees().parse("[{\"op\":\"replace\",\"path\":\"\",\"value\":" + to + "}]");
            assertThat(JsonPatch.of(patch).apply(from)).as("seed %d", seed).isEqualTo(to);
            JsonNode merged = MergePatch.apply(from, to);
            assertThat(MergePatch.apply(merged, to)).as("seed %d", seed).isEqualTo(merged);
        }
    }

    private static void mutilate(byte[] body, Random random) {
        body[4 + random.nextInt(body.length - 4)] = (byte) random.nextInt(256);
    }

    private static void refusedAtMost(Runnable read) {
        try {
            read.run();
        } catch (DecodeException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
