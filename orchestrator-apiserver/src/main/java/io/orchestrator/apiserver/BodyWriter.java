package io.orchestrator.apiserver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.meta.ListMeta;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.api.model.metrics.NodeMetrics;
import io.orchestrator.api.model.metrics.PodMetrics;
import io.orchestrator.core.codec.JsonTrees;
import io.orchestrator.core.codec.Limits;
import io.orchestrator.core.codec.ListBody;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.codec.SplicedJson;
import io.orchestrator.core.codec.TypeMeta;
import io.orchestrator.core.codec.protobuf.ProtobufCodec;
import io.orchestrator.core.codec.protobuf.ProtobufList;
import io.orchestrator.core.codec.protobuf.WireOutput;
import io.orchestrator.core.codec.yaml.YamlList;
import io.orchestrator.core.codec.yaml.YamlWriter;
import io.orchestrator.core.registry.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Answers in the encodings that clients take; the counterpart of {@link BodyReader}. Thread-safe. */
final class BodyWriter {
    private static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";
    /** For what we have written ourselves. */
    private static final Limits OWN = new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, 2 * Limits.DEFAULT.depth(), 0);

    /** Their window is text to us, and a message of its own in protobuf. */
    private static final Set<Class<?>> WITH_DURATION = Set.of(NodeMetrics.class, PodMetrics.class);

    private final ObjectCodec codec;
    private final ProtobufCodec protobuf;
    private final ListBody lists;
    private final YamlWriter yaml = new YamlWriter();
    private final JsonTrees trees = new JsonTrees(OWN);

    BodyWriter(ObjectCodec codec) {
        this.codec = codec;
        this.protobuf = new ProtobufCodec(codec.schemas(), Limits.DEFAULT);
        this.lists = new ListBody(codec);
    }

    /** Whether objects of this class can be written as protobuf: those of custom resources cannot. */
    boolean writesProtobuf(Class<?> type) {
        return type != Unstructured.class && !WITH_DURATION.contains(type) && protobuf.writes(type);
    }

    /** An object that nobody shares. */
    byte[] record(Object record, Encoding encoding) {
        return encoding == Encoding.PROTOBUF ? protobuf.encode(record) : text(codec.encode(record), encoding);
    }

    /** A version of an object, whose bytes all readers share. */
    SplicedJson object(StoredObject object, Encoding encoding) {
        return switch (encoding) {
            case PROTOBUF -> SplicedJson.of(protobuf.encode(object.object().getClass(), object.message(this::message)));
            case YAML -> SplicedJson.of(text(object.json().whole(), encoding));
            case JSON -> object.json();
        };
    }

    private byte[] message(Resource object) {
        return protobuf.message(object).toByteArray();
    }

    /** What is there as JSON. */
    byte[] text(byte[] json, Encoding encoding) {
        return encoding == Encoding.YAML ? yaml.document(trees.parse(json)).getBytes(StandardCharsets.UTF_8) : json;
    }

    /** The metadata of an object alone, as the kind that stands for that. */
    byte[] metadata(Resource object, TypeMeta kind, Encoding encoding) {
        return encoding == Encoding.PROTOBUF
                ? ProtobufCodec.body(kind, metadataMessage(object.metadata()))
                : text(metadataJson(object, kind), encoding);
    }

    private byte[] metadataJson(Resource object, TypeMeta kind) {
        String head = "{\"kind\":\"" + kind.kind() + "\",\"apiVersion\":\"" + kind.apiVersion() + "\",\"metadata\":";
        String metadata = codec.trees().text(codec.toTree(object.metadata()));
        return (head + metadata + "}").getBytes(StandardCharsets.UTF_8);
    }

    /** Every object has its metadata in its first field. */
    private WireOutput metadataMessage(ObjectMeta metadata) {
        WireOutput message = new WireOutput();
        message.message(1, protobuf.message(metadata));
        return message;
    }

    /** An object of this kind that carries nothing but a version. */
    byte[] mark(TypeMeta kind, long revision, boolean initialEventsEnd, Encoding encoding) {
        if (encoding == Encoding.PROTOBUF) {
            return ProtobufCodec.body(
                    kind,
                    metadataMessage(ObjectMetaBuilder.builder()
                            .resourceVersion(Long.toString(revision))
                            .annotations(initialEventsEnd ? Map.of(INITIAL_EVENTS_END, "true") : Map.of())
                            .build()));
        }
        ObjectNode mark = JsonNodeFactory.instance.objectNode();
        mark.put("kind", kind.kind());
        mark.put("apiVersion", kind.apiVersion());
        ObjectNode metadata = mark.putObject("metadata");
        metadata.put("resourceVersion", Long.toString(revision));
        metadata.putNull("creationTimestamp");
        if (initialEventsEnd) {
            metadata.putObject("annotations").put(INITIAL_EVENTS_END, "true");
        }
        return codec.trees().bytes(mark);
    }

    /** The objects of a list, each as it is. */
    Iterator<byte[]> objects(TypeMeta kind, ListMeta metadata, List<StoredObject> objects, Encoding encoding) {
        if (encoding == Encoding.PROTOBUF) {
            List<byte[]> messages = new ArrayList<>(objects.size());
            objects.forEach(object -> messages.add(object.message(this::message)));
            return protobufList(kind, metadata, messages);
        }
        Stream<SplicedJson> items = objects.stream().map(StoredObject::json);
        return encoding == Encoding.YAML
                ? yamlList(kind, metadata, items.map(SplicedJson::whole).iterator())
                : lists.spliced(kind.apiVersion(), kind.kind(), metadata, items.iterator());
    }

    /**
     * The metadata of the objects of a list.
     *
     * @param item the kind of each
     */
    Iterator<byte[]> metadata(
            TypeMeta kind, TypeMeta item, ListMeta metadata, List<StoredObject> objects, Encoding encoding) {
        if (encoding == Encoding.PROTOBUF) {
            List<byte[]> messages = new ArrayList<>(objects.size());
            objects.forEach(object ->
                    messages.add(metadataMessage(object.object().metadata()).toByteArray()));
            return protobufList(kind, metadata, messages);
        }
        Iterator<byte[]> items = objects.stream()
                .map(object -> metadataJson(object.object(), item))
                .iterator();
        return list(kind, metadata, items, encoding);
    }

    private Iterator<byte[]> protobufList(TypeMeta kind, ListMeta metadata, List<byte[]> messages) {
        return ProtobufList.pieces(kind, protobuf.message(metadata), messages).iterator();
    }

    private Iterator<byte[]> list(TypeMeta kind, ListMeta metadata, Iterator<byte[]> items, Encoding encoding) {
        return encoding == Encoding.YAML
                ? yamlList(kind, metadata, items)
                : lists.pieces(kind.apiVersion(), kind.kind(), metadata, items);
    }

    private Iterator<byte[]> yamlList(TypeMeta kind, ListMeta metadata, Iterator<byte[]> items) {
        return new YamlList(trees, kind.apiVersion(), kind.kind(), codec.toTree(metadata), items);
    }
}
