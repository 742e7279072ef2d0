package io.orchestrator.samples.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The patches in what a kubectl says of its own requests with {@code -v=10}. */
final class SentPatches {
    /** Quoted from 1.32 on, bare before. */
    private static final Pattern BODY = Pattern.compile(
            "(?m)Request Body(?:\" body=(\".+\")|: (\\{.*))\\n(?:.*\\n){0,20}?.* -XPATCH .*/((\\w+)/[^/?]+)\\?");

    private static final ObjectMapper JSON = new ObjectMapper();

    private SentPatches() {}

    /**
     * Every field that some patch has, as {@code pods spec.containers.image=busybox}: the indexes of lists are left out. Under
     * each object that is patched, as {@code pods/web}.
     */
    static Map<String, Set<String>> fields(String talk) throws IOException {
        Map<String, Set<String>> fields = new TreeMap<>();
        Matcher body = BODY.matcher(talk);
        while (body.find()) {
            String text = body.group(1) == null
                    ? body.group(2)
                    : JSON.readTree(body.group(1)).asText();
            collect(
                    JSON.readTree(text),
                    body.group(4) + " ",
                    fields.computeIfAbsent(body.group(3), object -> new TreeSet<>()));
        }
        return fields;
    }

    private static void collect(JsonNode node, String path, Set<String> fields) {
        if (node.isValueNode() || path.contains("$")) {
            fields.add(path + "=" + (node.isValueNode() ? node.asText() : node.toString()));
        } else if (node.isArray()) {
            node.forEach(element -> collect(element, path, fields));
        } else {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                collect(field.getValue(), path + (path.endsWith(" ") ? "" : ".") + field.getKey(), fields);
            }
        }
    }
}
