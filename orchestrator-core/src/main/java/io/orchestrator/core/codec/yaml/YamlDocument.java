package io.orchestrator.core.codec.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;

/**
 * One document being read. An alias becomes a copy of what it names; what all copies together may weigh is bounded, so
 * that a document cannot grow beyond its limit by naming itself often. Confined to the reading thread.
 */
final class YamlDocument {
    private static final String MERGE = "<<";
    private static final String TAGS = "tag:yaml.org,2002:";

    private final Parser events;
    private final Limits limits;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int aliases;
    private long weight;
    private int deepest;

    /**
     * @param weight roughly the bytes that the tree takes as JSON
     * @param height levels below its root
     */
    private record Anchored(JsonNode tree, long weight, int height) {}

    YamlDocument(Parser events, Limits limits) {
        this.events = events;
        this.limits = limits;
    }

    JsonNode read() {
        return node(0);
    }

    private JsonNode node(int depth) {
        descendTo(depth);
        Event event = events.getEvent();
        if (event instanceof AliasEvent alias) {
            return copyOf(alias, depth);
        }
        long before = weight;
        int deepestSoFar = deepest;
        deepest = depth;
        JsonNode tree;
        if (event instanceof ScalarEvent scalar) {
            tree = scalar(scalar);
            grow(1 + scalar.getValue().length());
        } else {
            grow(2);
            tree = event.is(Event.ID.SequenceStart) ? sequence(depth) : mapping(depth);
        }
        String anchor = ((NodeEvent) event).getAnchor();
        if (anchor != null) {
            anchors.put(anchor, new Anchored(tree, weight - before, deepest - depth));
        }
        deepest = Math.max(deepest, deepestSoFar);
        return tree;
    }

    private void descendTo(int depth) {
        if (depth > limits.depth()) {
            throw new DecodeException("error converting YAML to JSON: yaml: nested deeper than " + limits.depth());
        }
        deepest = Math.max(deepest, depth);
    }

    private JsonNode copyOf(AliasEvent alias, int depth) {
        Anchored anchored = anchors.get(alias.getAnchor());
        if (anchored == null) {
            throw problem(alias, "unknown anchor '" + alias.getAnchor() + "' referenced");
        }
        if (++aliases > limits.aliases()) {
            throw problem(alias, "more than " + limits.aliases() + " aliases");
        }
        descendTo(depth + anchored.height());
        grow(anchored.weight());
        return anchored.tree().deepCopy();
    }

    private void grow(long by) {
        weight += by;
        if (weight > limits.bodyBytes()) {
            throw new DecodeException("error converting YAML to JSON: yaml: document contains excessive aliasing");
        }
    }

    private JsonNode sequence(int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            array.add(node(depth + 1));
        }
        events.getEvent();
        return array;
    }

    private JsonNode mapping(int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Set<String> explicit = new HashSet<>();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            Event keyEvent = events.peekEvent();
            if (isMerge(keyEvent)) {
                events.getEvent();
                merge(node(depth + 1), object, explicit, keyEvent);
                continue;
            }
            String key = key(node(depth + 1), keyEvent);
            if (!explicit.add(key)) {
                throw problem(keyEvent, "key \"" + key + "\" already set in map");
            }
            object.set(key, node(depth + 1));
        }
        events.getEvent();
        return object;
    }

    /** What is written out wins over what is merged in, and of what is merged in, the first wins. */
    private void merge(JsonNode value, ObjectNode into, Set<String> explicit, Event at) {
        if (value.isArray()) {
            value.forEach(item -> merge(item, into, explicit, at));
        } else if (value instanceof ObjectNode from) {
            from.properties().forEach(field -> {
                if (!explicit.contains(field.getKey()) && !into.has(field.getKey())) {
                    into.set(field.getKey(), field.getValue());
                }
            });
        } else {
            throw problem(at, "map merge requires map or sequence of maps as the value");
        }
    }

    private static boolean isMerge(Event event) {
        return event instanceof ScalarEvent scalar
                && scalar.getValue().equals(MERGE)
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && (scalar.getTag() == null || scalar.getTag().equals(TAGS + "merge"));
    }

    private static String key(JsonNode key, Event at) {
        if (key.isContainerNode() || key.isNull()) {
            throw problem(at, "unsupported map key of type: " + (key.isNull() ? "nil" : "map or list"));
        }
        return key.asText();
    }

    private JsonNode scalar(ScalarEvent scalar) {
        String text = scalar.getValue();
        if (text.length() > limits.scalarChars()) {
            throw problem(scalar, "a scalar is longer than " + limits.scalarChars());
        }
        String tag = scalar.getTag();
        if (tag == null || tag.equals("!")) {
            return scalar.getScalarStyle() == ScalarStyle.PLAIN && tag == null
                    ? YamlScalars.plain(text)
                    : TextNode.valueOf(text);
        }
        return tagged(scalar, text, tag);
    }

    private static JsonNode tagged(ScalarEvent scalar, String text, String tag) {
        return switch (tag) {
            case TAGS + "bool" -> expect(scalar, tag, YamlScalars.plain(text), JsonNode::isBoolean);
            case TAGS + "int" -> expect(scalar, tag, YamlScalars.plain(text), JsonNode::isIntegralNumber);
            case TAGS + "float" -> expect(scalar, tag, YamlScalars.plain(text), JsonNode::isNumber);
            case TAGS + "null" -> expect(scalar, tag, YamlScalars.plain(text), JsonNode::isNull);
            case TAGS + "binary" -> TextNode.valueOf(binary(scalar, text));
            default -> TextNode.valueOf(text);
        };
    }

    private static JsonNode expect(ScalarEvent scalar, String tag, JsonNode value, Predicate<JsonNode> wanted) {
        if (!wanted.test(value)) {
            throw problem(scalar, "cannot decode `" + scalar.getValue() + "` as a !!" + tag.substring(TAGS.length()));
        }
        return value;
    }

    private static String binary(ScalarEvent scalar, String text) {
        try {
            return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw problem(scalar, "!!binary value contains invalid base64 data");
        }
    }

    private static DecodeException problem(@Nullable Event at, String what) {
        int line =
                at == null || at.getStartMark() == null ? 0 : at.getStartMark().getLine() + 1;
        return new DecodeException("error converting YAML to JSON: yaml: line " + line + ": " + what);
    }
}
