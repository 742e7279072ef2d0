package io.orchestrator.testkit.generate;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.meta.Time;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.schema.TypeSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes random instances of any record of the model, from its schema. They have the right types and no more sense than that.
 * The same seed makes the same records. Not thread-safe.
 */
public final class RecordGenerator {
    private static final int MAX_DEPTH = 12;
    private static final String[] TEXTS = {
        "a", "web-1", "nginx:1.27", "ü€😀", "with \"quotes\" \\ and\nlines", "<&>", "x".repeat(300)
    };
    private static final String[] QUANTITIES = {"0", "1", "100m", "64Mi", "1.5Gi", "2k", "-3", "1e3", "250u", "0.5"};
    private static final String[] RAW = {"{}", "[1,2.50,\"x\"]", "{\"f:spec\":{\".\":{}}}", "true", "\"text\""};

    private final Schemas schemas;
    private final Random random;

    public RecordGenerator(Schemas schemas, long seed) {
        this.schemas = schemas;
        this.random = new Random(seed);
    }

    /** A record with about one field in three set, fewer the deeper it nests. */
    public <T> T next(Class<T> type) {
        return type.cast(record(schemas.of(type), 0));
    }

    private Object record(RecordSchema schema, int depth) {
        @Nullable Object[] arguments = schema.newArguments();
        for (FieldSchema field : schema.fields()) {
            if (random.nextInt(3 + depth) == 0 && depth < MAX_DEPTH) {
                arguments[field.index()] = value(field.type(), depth);
            }
        }
        return schema.newInstance(arguments);
    }

    private Object value(TypeSchema type, int depth) {
        return switch (type.kind()) {
            case STRING -> random.nextInt(8) == 0 ? "" : pick(TEXTS);
            case INT -> random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(100);
            case LONG -> random.nextInt(4) == 0 ? random.nextLong() : (long) random.nextInt(100);
            case DOUBLE -> random.nextGaussian();
            case BOOLEAN -> random.nextBoolean();
            case BYTES -> bytes();
            case QUANTITY -> Quantity.parse(pick(QUANTITIES));
            case INT_OR_STRING ->
                random.nextBoolean()
                        ? IntOrString.of(random.nextInt())
                        : IntOrString.of(random.nextBoolean() ? "25%" : "http");
            case TIME -> Time.of(instant());
            case MICRO_TIME -> MicroTime.of(instant());
            case RAW -> RawJson.of(pick(RAW));
            case LIST -> list(type, depth);
            case MAP -> map(type, depth);
            case RECORD -> record(type.record(), depth + 1);
        };
    }

    private List<Object> list(TypeSchema type, int depth) {
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(value(type.element(), depth + 1));
        }
        return items;
    }

    private Map<String, Object> map(TypeSchema type, int depth) {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.put(
                    "key." + random.nextInt(1000) + "/" + (char) ('a' + random.nextInt(26)),
                    value(type.element(), depth + 1));
        }
        return entries;
    }

    private Bytes bytes() {
        byte[] content = new byte[random.nextInt(20)];
        random.nextBytes(content);
        return Bytes.of(content);
    }

    /** Between the years 1 and 9999, which is what the wire can say. */
    private Instant instant() {
        return Instant.ofEpochSecond(
                random.nextLong(-62_135_596_799L, 253_402_300_799L), random.nextInt(1_000_000_000));
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }
}
