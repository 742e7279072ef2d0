package io.orchestrator.core.codec.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orchestrator.core.codec.JsonTrees;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** A list as YAML, item by item, so that a long one never stands in memory as a whole. Confined to one reader. */
public final class YamlList implements Iterator<byte[]> {
    private final JsonTrees trees;
    private final YamlWriter yaml = new YamlWriter();
    private final Iterator<byte[]> items;
    private final byte[] head;
    private final byte[] tail;
    private boolean begun;
    private boolean ended;

    /**
     * A list.
     *
     * @param kind such as {@code PodList}
     * @param metadata of the list
     * @param items each as JSON, asked for when its turn comes
     */
    public YamlList(JsonTrees trees, String apiVersion, String kind, JsonNode metadata, Iterator<byte[]> items) {
        this.trees = trees;
        this.items = items;
        String before = yaml.document(JsonNodeFactory.instance.objectNode().put("apiVersion", apiVersion));
        this.head = bytes(before + (items.hasNext() ? "items:\n" : "items: []\n"));
        this.tail = bytes(yaml.document(
                JsonNodeFactory.instance.objectNode().put("kind", kind).set("metadata", metadata)));
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public byte[] next() {
        if (!begun) {
            begun = true;
            return head;
        }
        if (items.hasNext()) {
            return bytes(yaml.document(JsonNodeFactory.instance.arrayNode().add(trees.parse(items.next()))));
        }
        if (ended) {
            throw new NoSuchElementException();
        }
        ended = true;
        return tail;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
