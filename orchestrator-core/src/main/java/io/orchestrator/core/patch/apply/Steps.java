package io.orchestrator.core.patch.apply;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.core.patch.PatchException;
import java.io.IOException;
import java.util.StringJoiner;
import java.util.TreeSet;

/** One step of a path in {@code fieldsV1}. */
final class Steps {
    private Steps() {}

    static String field(String name) {
        return "f:" + name;
    }

    /** The item of a list by the values of its keys; a missing one has the default that the schema gives. */
    static String item(JsonNode item, Shape list) {
        if (list.style() == Shape.Style.SET) {
            return "v:" + item;
        }
        ObjectNode keys = JsonNodeFactory.instance.objectNode();
        for (String key : new TreeSet<>(list.keys())) {
            JsonNode value = item.get(key);
            if (value == null || value.isNull()) {
                value = list.defaultOf(key);
            }
            if (value != null) {
                keys.set(key, value);
            }
        }
        if (keys.isEmpty()) {
            throw PatchException.malformed("associative list with keys has an element that omits key field \""
                    + list.keys().get(0) + "\" (and doesn't have default value)");
        }
        return "k:" + keys;
    }

    /** Appends the text as the inside of a JSON string. Nearly all steps are plain, and every write writes some. */
    static void quote(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                JsonStringEncoder.getInstance().quoteAsString(text, out);
                return;
            }
        }
        out.append(text);
    }

    static boolean isField(String step) {
        return step.startsWith("f:");
    }

    static String fieldName(String step) {
        return step.substring(2);
    }

    /** As in messages: {@code .name}, {@code [name="web"]}, {@code [="x"]}. */
    static String readable(String step) {
        if (isField(step)) {
            return "." + fieldName(step);
        }
        if (step.startsWith("v:")) {
            return "[=" + step.substring(2) + "]";
        }
        if (!step.startsWith("k:")) {
            return "[" + step.substring(step.indexOf(':') + 1) + "]";
        }
        StringJoiner keys = new StringJoiner(",", "[", "]");
        try (JsonParser parser = new JsonFactory().createParser(step.substring(2))) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
                keys.add(name + "=" + (text ? '"' + parser.getText() + '"' : parser.getText()));
            }
            return keys.toString();
        } catch (IOException e) {
            // Somebody wrote a step that is no JSON: it is shown as it is.
            return "[" + step.substring(2) + "]";
        }
    }
}
