package io.orchestrator.core.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.orchestrator.api.meta.ListMeta;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A list as JSON, put together around the bytes of its items. */
public final class ListBody {
    private static final byte[] ITEMS = ",\"items\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

    private final ObjectCodec codec;

    public ListBody(ObjectCodec codec) {
        this.codec = codec;
    }

    /**
     * Writes the list and leaves the stream open.
     *
     * @param kind such as {@code PodList}
     * @param items what {@link ObjectCodec#encode} made of each
     */
    public void write(String apiVersion, String kind, ListMeta metadata, Iterable<byte[]> items, OutputStream to)
            throws IOException {
        JsonTrees trees = codec.trees();
        try (JsonGenerator out = trees.factory().createGenerator(to)) {
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            out.writeStartObject();
            out.writeStringField("kind", kind);
            out.writeStringField("apiVersion", apiVersion);
            out.writeFieldName("metadata");
            new RecordWriter(out, trees).record(metadata, codec.schemas().of(ListMeta.class));
            out.flush();
        }
        to.write(ITEMS);
        boolean first = true;
        for (byte[] item : items) {
            if (!first) {
                to.write(',');
            }
            to.write(item);
            first = false;
        }
        to.write(END);
    }
}
