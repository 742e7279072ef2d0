package io.orchestrator.core.codec.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.Limits;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * YAML as JSON trees, read as kubectl reads manifests. It works on parse events and never constructs what a tag names,
 * so no input can make it load a class. Thread-safe.
 */
public final class YamlReader {
    private final Limits limits;

    public YamlReader(Limits limits) {
        this.limits = limits;
    }

    /**
     * Every document that is not empty, in order.
     *
     * @throws DecodeException naming the line
     */
    public List<JsonNode> documents(String text) {
        if (text.length() > limits.bodyBytes()) {
            throw DecodeException.tooLarge("the YAML text", limits.bodyBytes());
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(limits.bodyBytes());
        List<JsonNode> documents = new ArrayList<>();
        try {
            ParserImpl events = new ParserImpl(new StreamReader(text), options);
            while (events.checkEvent(Event.ID.StreamStart)
                    || events.checkEvent(Event.ID.DocumentStart)
                    || events.checkEvent(Event.ID.DocumentEnd)) {
                if (events.getEvent().is(Event.ID.DocumentStart)) {
                    JsonNode document = new YamlDocument(events, limits).read();
                    if (!document.isNull()) {
                        documents.add(document);
                    }
                }
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new DecodeException("error converting YAML to JSON: yaml: line " + line + ": " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new DecodeException("error converting YAML to JSON: yaml: " + e.getMessage(), e);
        }
        return documents;
    }

    /** The only document. */
    public JsonNode document(String text) {
        List<JsonNode> documents = documents(text);
        if (documents.size() != 1) {
            throw new DecodeException("error converting YAML to JSON: one document expected, not " + documents.size());
        }
        return documents.get(0);
    }
}
