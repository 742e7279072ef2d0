package io.orchestrator.core.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.orchestrator.api.meta.ListMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what {@link ListBody} and {@link WatchBody} write, and what a Kubernetes of somebody else does: finds the objects in the
 * bytes, and has each of them decoded by itself. So a list may be as long as it likes, while each object has its bounds.
 * Thread-safe.
 */
public final class ListReader {
    private final ObjectCodec codec;

    public ListReader(ObjectCodec codec) {
        this.codec = codec;
    }

    /** @throws DecodeException when it is no list, or an item is wrong */
    public <T extends Resource> ResourceList<T> list(byte[] json, Class<T> type) {
        ListMeta metadata = ListMeta.EMPTY;
        List<T> items = new ArrayList<>();
        try (JsonParser parser = codec.trees().factory().createParser(json)) {
            begin(parser, "list");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("metadata") && value == JsonToken.START_OBJECT) {
                    metadata = codec.decode(slice(parser, json), ListMeta.class);
                } else if (name.equals("items") && value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        items.add(codec.decode(slice(parser, json), type));
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw JsonTrees.malformed(e);
        }
        return new ResourceList<>(metadata, items);
    }

    /**
     * A watch event as it came.
     *
     * @param object the JSON of what it is about
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Event(String type, byte[] object) {}

    /** @throws DecodeException when it is none */
    public Event event(byte[] line) {
        String type = "";
        byte[] object = new byte[0];
        try (JsonParser parser = codec.trees().factory().createParser(line)) {
            begin(parser, "watch event");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                    type = parser.getText();
                } else if (name.equals("object") && value == JsonToken.START_OBJECT) {
                    object = slice(parser, line);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw JsonTrees.malformed(e);
        }
        if (type.isEmpty() || object.length == 0) {
            throw new DecodeException("this is no watch event");
        }
        return new Event(type, object);
    }

    private static void begin(JsonParser parser, String what) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new DecodeException("this is no " + what + ", but no JSON object at all");
        }
    }

    /** The bytes of the object that the parser stands at the beginning of; afterwards it stands at the end. */
    private static byte[] slice(JsonParser parser, byte[] json) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return Arrays.copyOfRange(json, start, (int) parser.currentLocation().getByteOffset());
    }
}
