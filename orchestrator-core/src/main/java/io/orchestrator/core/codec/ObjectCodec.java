package io.orchestrator.core.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.core.recall.MadeOf;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Records to JSON and back. Thread-safe; one per cluster.
 *
 * <p>There is one encoding of an object, which begins with its kind and API version wherever it stands: alone, in a list
 * or in a watch event. So its bytes are made once, and lists and events are put together around them (see
 * {@link ListBody} and {@link WatchBody}). Kubernetes leaves kind and version out of the items of typed lists; clients
 * accept both.
 *
 * <p>Records that are parts of an object can be encoded and decoded as well, and so can {@link Unstructured} objects: these
 * as they come, for what their definitions say is the registry's business.
 */
public final class ObjectCodec {
    private static final int FIRST = 1024;
    private static final int LARGE = 16 * 1024;

    private final Schemas schemas;
    private final Limits limits;
    private final JsonTrees trees;
    private final SharedValues shared = new SharedValues();
    private final SharedParts parts = new SharedParts();
    private final EncodedTexts texts = new EncodedTexts();
    private final MadeOf<Object, byte[]> encodedParts = new MadeOf<>();
    /** For one encoding at a time; the others make their own. */
    private final AtomicReference<byte @Nullable []> spare = new AtomicReference<>();
    /** A benign race: it is but a guess. */
    private int expected = FIRST;

    public ObjectCodec(Schemas schemas) {
        this(schemas, Limits.DEFAULT);
    }

    public ObjectCodec(Schemas schemas, Limits limits) {
        this.schemas = schemas;
        this.limits = limits;
        this.trees = new JsonTrees(limits);
    }

    public Schemas schemas() {
        return schemas;
    }

    public JsonTrees trees() {
        return trees;
    }

    /** The object's JSON; see above. */
    public byte[] encode(Object record) {
        JsonBytes bytes = new JsonBytes(room(), texts, encodedParts);
        write(record, new RecordWriter(bytes));
        byte[] json = bytes.toByteArray();
        expected = Math.min(LARGE, json.length + json.length / 4);
        giveBack(bytes);
        return json;
    }

    /** What {@link #encode} writes, sharing with other objects what is the same: for those who keep it. */
    public SplicedJson splice(Object record) {
        JsonBytes bytes = JsonBytes.inPieces(room(), texts, encodedParts);
        write(record, new RecordWriter(bytes));
        SplicedJson json = bytes.toPieces();
        giveBack(bytes);
        return json;
    }

    /** For what is put around objects. @param room that nobody else uses */
    JsonBytes bytes(byte[] room) {
        return new JsonBytes(room, texts, encodedParts);
    }

    /** Objects that are written one after another are often alike. */
    private byte[] room() {
        byte[] room = spare.getAndSet(null);
        return room == null ? new byte[expected] : room;
    }

    private void giveBack(JsonBytes bytes) {
        if (bytes.array().length <= 2 * LARGE) {
            spare.set(bytes.array());
        }
    }

    /** The object as a tree: what {@link #encode} writes. */
    public JsonNode toTree(Object record) {
        try (TokenBuffer tokens = new TokenBuffer(trees.mapper(), false)) {
            write(record, new RecordWriter(new TokenOut(tokens, trees)));
            try (JsonParser parser = tokens.asParserOnFirstToken()) {
                return parser.readValueAsTree();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads an object, ignoring fields that it does not know.
     *
     * @throws DecodeException naming the field that is wrong
     */
    public <T> T decode(byte[] json, Class<T> type) {
        return read(json, type).value();
    }

    /** Reads an object and tells what a strict reader would refuse. */
    public <T> Decoded<T> read(byte[] json, Class<T> type) {
        trees.checkSize(json.length);
        if (type != Unstructured.class) {
            Optional<Decoded<T>> plain = new PlainReader(json, shared, parts, limits).read(schemas.of(type), type);
            if (plain.isPresent()) {
                return plain.get();
            }
        }
        try (JsonParser parser = trees.factory().createParser(json)) {
            return read(parser, type);
        } catch (IOException e) {
            throw JsonTrees.malformed(e);
        }
    }

    /** Reads an object from a tree, which has no duplicates to tell of. */
    public <T> Decoded<T> read(JsonNode tree, Class<T> type) {
        try (JsonParser parser = tree.traverse(trees.mapper())) {
            return read(parser, type);
        } catch (IOException e) {
            throw JsonTrees.malformed(e);
        }
    }

    /**
     * The value, when a strict reader would take it too.
     *
     * @param type what was expected
     * @throws DecodeException with all problems, worded as Kubernetes words them
     */
    public <T> T strict(Decoded<T> decoded, Class<?> type) {
        return type == Unstructured.class ? decoded.strict() : decoded.strict(schemas.of(type));
    }

    /**
     * What a body says that it is, without reading the rest twice.
     *
     * @throws DecodeException when the body is no JSON object
     */
    public TypeMeta typeMeta(byte[] json) {
        trees.checkSize(json.length);
        try (JsonParser parser = trees.factory().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new DecodeException("couldn't get version/kind; json parse error: the body is no JSON object");
            }
            String apiVersion = "";
            String kind = "";
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING && name.equals("kind")) {
                    kind = parser.getText();
                } else if (value == JsonToken.VALUE_STRING && name.equals("apiVersion")) {
                    apiVersion = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            return new TypeMeta(apiVersion, kind);
        } catch (IOException e) {
            throw JsonTrees.malformed(e);
        }
    }

    private void write(Object record, RecordWriter writer) {
        if (record instanceof Unstructured object) {
            writer.unstructured(object, schemas.of(ObjectMeta.class));
        } else {
            writer.record(record, schemas.of(record.getClass()));
        }
    }

    @SuppressWarnings("unchecked") // T is Unstructured where its class is
    private <T> Decoded<T> read(JsonParser parser, Class<T> type) throws IOException {
        if (type == Unstructured.class) {
            return (Decoded<T>)
                    new RecordReader(parser, trees, limits.depth()).unstructured(schemas.of(ObjectMeta.class));
        }
        RecordSchema schema = schemas.of(type);
        return new RecordReader(parser, trees, limits.depth()).read(schema, type);
    }
}
