package io.orchestrator.core.codec.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.core.codec.DecodeException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.ImplicitTuple;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;

/**
 * JSON trees as YAML: in blocks, keys in the order of the alphabet, and whatever a reader of YAML 1.1 or 1.2 could take for
 * something else than a string in quotes. Stateless and thread-safe.
 */
public final class YamlWriter {
    /** Dates, and what YAML 1.1 reads as numbers of base 60: strings to us, but not to everybody. */
    private static final Pattern READ_OTHERWISE =
            Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?|=|<<");

    private static final int LONG_NUMBER = 300;
    private static final ImplicitTuple ANY = new ImplicitTuple(true, true);
    private static final ImplicitTuple QUOTED = new ImplicitTuple(false, true);

    /** The tree as a document, with its line end. */
    public String document(JsonNode tree) {
        StringWriter text = new StringWriter();
        Emitter out = new Emitter(text, options());
        try {
            out.emit(new StreamStartEvent(null, null));
            out.emit(new DocumentStartEvent(null, null, false, null, null));
            node(out, tree);
            out.emit(new DocumentEndEvent(null, null, false));
            out.emit(new StreamEndEvent(null, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static DumperOptions options() {
        DumperOptions options = new DumperOptions();
        options.setLineBreak(DumperOptions.LineBreak.UNIX);
        options.setSplitLines(false);
        options.setAllowUnicode(true);
        return options;
    }

    private static void node(Emitter out, JsonNode tree) throws IOException {
        if (tree.isArray()) {
            FlowStyle style = tree.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
            out.emit(new SequenceStartEvent(null, null, true, null, null, style));
            for (JsonNode item : tree) {
                node(out, item);
            }
            out.emit(new SequenceEndEvent(null, null));
        } else if (tree.isObject()) {
            FlowStyle style = tree.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
            out.emit(new MappingStartEvent(null, null, true, null, null, style));
            Map<String, JsonNode> fields = new TreeMap<>();
            tree.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            for (Map.Entry<String, JsonNode> field : fields.entrySet()) {
                text(out, field.getKey());
                node(out, field.getValue());
            }
            out.emit(new MappingEndEvent(null, null));
        } else if (tree.isTextual()) {
            text(out, tree.textValue());
        } else {
            scalar(out, tree.asText(), ScalarStyle.PLAIN, ANY);
        }
    }

    private static void text(Emitter out, String text) throws IOException {
        if (text.indexOf('\n') >= 0) {
            scalar(out, text, ScalarStyle.LITERAL, QUOTED);
        } else if (isString(text)) {
            // The emitter puts it into quotes where its signs ask for that.
            scalar(out, text, ScalarStyle.PLAIN, ANY);
        } else {
            scalar(out, text, ScalarStyle.DOUBLE_QUOTED, QUOTED);
        }
    }

    /** Whether everybody reads it as the string that it is, though it has no quotes. */
    private static boolean isString(String text) {
        try {
            return YamlScalars.plain(text).isTextual()
                    && !READ_OTHERWISE.matcher(text).matches()
                    && (text.length() < LONG_NUMBER || Character.isLetter(text.charAt(0)));
        } catch (DecodeException e) {
            // An infinite number, which JSON does not have.
            return false;
        }
    }

    private static void scalar(Emitter out, String text, ScalarStyle style, ImplicitTuple implicit) throws IOException {
        out.emit(new ScalarEvent(null, null, implicit, text, null, null, style));
    }
}
