package io.orchestrator.core.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON text and trees, within {@link Limits}. Thread-safe; one per codec, so that clusters in one JVM share no symbol
 * tables. Numbers keep their exact value.
 */
public final class JsonTrees {
    private static final int MAX_NUMBER_CHARS = 400;

    private final Limits limits;
    private final JsonFactory factory;
    private final ObjectMapper mapper;

    public JsonTrees(Limits limits) {
        this.limits = limits;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(limits.scalarChars())
                        .maxNumberLength(MAX_NUMBER_CHARS)
                        .maxNameLength(limits.scalarChars())
                        .build())
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        this.mapper = JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /** The tree of one JSON value. Duplicate keys: the last one counts. */
    public JsonNode parse(byte[] json) {
        checkSize(json.length);
        try (JsonParser parser = factory.createParser(json)) {
            return parseOnly(parser);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** As {@link #parse(byte[])}. */
    public JsonNode parse(String json) {
        checkSize(json.length());
        try (JsonParser parser = factory.createParser(json)) {
            return parseOnly(parser);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** The values of a text that holds any number of them, one after another. */
    public List<JsonNode> parseAll(String json) {
        checkSize(json.length());
        List<JsonNode> values = new ArrayList<>();
        try (JsonParser parser = factory.createParser(json)) {
            parser.setCodec(mapper);
            while (parser.nextToken() != null) {
                values.add(parser.readValueAsTree());
            }
        } catch (IOException e) {
            throw malformed(e);
        }
        return values;
    }

    public byte[] bytes(JsonNode tree) {
        try {
            return mapper.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String text(JsonNode tree) {
        try {
            return mapper.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One JSON value without white space, its numbers as they were written. */
    public String compact(byte[] json) {
        checkSize(json.length);
        StringWriter text = new StringWriter();
        try (JsonParser parser = factory.createParser(json)) {
            if (parser.nextToken() == null) {
                throw new DecodeException("unexpected end of JSON input");
            }
            copy(parser, text);
        } catch (IOException e) {
            throw malformed(e);
        }
        return text.toString();
    }

    /** Writes the value that the parser stands on. */
    void copy(JsonParser from, Writer to) throws IOException {
        try (JsonGenerator out = factory.createGenerator(to)) {
            out.copyCurrentStructureExact(from);
        }
    }

    JsonFactory factory() {
        return factory;
    }

    ObjectMapper mapper() {
        return mapper;
    }

    void checkSize(int bytes) {
        if (bytes > limits.bodyBytes()) {
            throw DecodeException.tooLarge("the body", limits.bodyBytes());
        }
    }

    /** What Jackson says about it, without its advice on its own settings. */
    static DecodeException malformed(IOException e) {
        String told =
                String.valueOf(e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage());
        int advice = told.indexOf(" (");
        String problem = advice < 0 ? told : told.substring(0, advice);
        String where = "";
        if (e instanceof JsonProcessingException json && json.getLocation() != null) {
            where = " at line " + json.getLocation().getLineNr() + ", column "
                    + json.getLocation().getColumnNr();
        }
        return new DecodeException("couldn't get version/kind; json parse error: " + problem + where, e);
    }

    private JsonNode parseOnly(JsonParser parser) throws IOException {
        parser.setCodec(mapper);
        if (parser.nextToken() == null) {
            throw new DecodeException("couldn't get version/kind; json parse error: unexpected end of JSON input");
        }
        JsonNode tree = parser.readValueAsTree();
        JsonToken rest = parser.nextToken();
        if (rest != null) {
            throw new DecodeException("couldn't get version/kind; json parse error: data after the top-level value");
        }
        return tree;
    }
}
