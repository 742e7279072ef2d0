package io.orchestrator.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The events of a watch, as they come; at its end there are no more. */
final class Events implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InputStream body;
    private @Nullable MappingIterator<JsonNode> events;

    Events(InputStream body) {
        this.body = body;
    }

    /** Fails when the watch has ended. */
    JsonNode next() {
        try {
            if (events == null) {
                events = JSON.readerFor(JsonNode.class).readValues(body); // which waits for the first of them
            }
            return events.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchElementException e) {
            throw new AssertionError("the watch has ended", e);
        }
    }

    /** All up to the first for which this holds, that one included. */
    List<JsonNode> until(Predicate<JsonNode> last) {
        List<JsonNode> seen = new ArrayList<>();
        while (true) {
            JsonNode event = next();
            seen.add(event);
            if (last.test(event)) {
                return seen;
            }
        }
    }

    /** As {@code ADDED name}. */
    static String brief(JsonNode event) {
        return event.path("type").asText() + " "
                + event.at("/object/metadata/name").asText();
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
