package io.orchestrator.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.apiserver.table.Printers;
import io.orchestrator.apiserver.table.TableBody;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.registry.Page;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Objects in the form that a client asked for: as they are, or as rows of a table. Thread-safe. */
final class Representation {
    private static final byte[] NOTHING = new byte[0];
    private static final String META_GROUP = "meta.k8s.io/";

    private final ObjectCodec codec;
    private final Clock clock;
    private final TableBody tables;
    private final EventLines lines = new EventLines();

    Representation(Registry registry, ObjectCodec codec, Clock clock) {
        this.tables = new TableBody(new Printers(registry::catalog));
        this.codec = codec;
        this.clock = clock;
    }

    /** One object. */
    byte[] object(StoredObject object, ResourceType<?> type, Accept accept, String includeObject) {
        Optional<Accept.Form> metadata = accept.metadata();
        if (metadata.isPresent()) {
            return metadataOnly(object.object(), metadata.get().parameter("v"));
        }
        Optional<Accept.Form> table = accept.table();
        if (table.isEmpty() || !type.objectClass().isInstance(object.object())) {
            return object.json();
        }
        return table(
                type,
                List.of(object.object()),
                object.object().metadata().resourceVersion(),
                "",
                null,
                style(table.get(), true, includeObject));
    }

    /** A page of a list as a table; empty when the objects themselves were asked for. */
    Optional<byte[]> table(Page page, ResourceType<?> type, Accept accept, String includeObject) {
        return accept.table()
                .map(form -> table(
                        type,
                        page.objects().stream().map(StoredObject::object).toList(),
                        page.resourceVersion(),
                        page.continueToken(),
                        page.remaining(),
                        style(form, true, includeObject)));
    }

    /**
     * A list that is no table.
     *
     * @param kind that of the list
     * @param item how one of its objects is shown
     */
    record ListForm(String apiVersion, String kind, Function<StoredObject, byte[]> item) {}

    /** How a list that is no table is shown. */
    ListForm list(ResourceType<?> type, Accept accept) {
        return accept.metadata()
                .map(form -> form.parameter("v"))
                .map(version -> new ListForm(
                        META_GROUP + version,
                        "PartialObjectMetadataList",
                        object -> metadataOnly(object.object(), version)))
                .orElseGet(() -> new ListForm(type.apiVersion(), type.kind() + "List", StoredObject::json));
    }

    /** What a watch shows. */
    WatchAnswer.Form watch(ResourceType<?> type, Accept accept, String includeObject) {
        Optional<Accept.Form> metadata = accept.metadata();
        if (metadata.isPresent()) {
            return new MetadataForm(metadata.get().parameter("v"));
        }
        Optional<Accept.Form> table = accept.table();
        return table.isEmpty() ? new ObjectForm(type) : new TableForm(type, table.get(), includeObject);
    }

    private byte[] table(
            ResourceType<?> type,
            List<Resource> objects,
            String version,
            String continueToken,
            @org.jspecify.annotations.Nullable Long remaining,
            TableBody.Style style) {
        return tables.write(type, objects, version, continueToken, remaining, clock.instant(), style);
    }

    private TableBody.Style style(Accept.Form form, boolean withColumns, String includeObject) {
        Function<Resource, byte[]> include = switch (includeObject) {
            case "None" -> object -> NOTHING;
            case "Object" -> codec::encode;
            case "", "Metadata" -> object -> metadataOnly(object, form.parameter("v"));
            default ->
                throw ApiException.badRequest(
                        "invalid includeObject value \"" + includeObject + "\": must be None, Metadata or Object");
        };
        return new TableBody.Style(form.parameter("v"), withColumns, include);
    }

    private byte[] metadataOnly(Resource object, String version) {
        String head =
                "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"" + META_GROUP + version + "\",\"metadata\":";
        String metadata = codec.trees().text(codec.toTree(object.metadata()));
        return (head + metadata + "}").getBytes(StandardCharsets.UTF_8);
    }

    private byte[] mark(String apiVersion, String kind, long revision, boolean initialEventsEnd) {
        ObjectNode mark = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        mark.put("kind", kind);
        mark.put("apiVersion", apiVersion);
        ObjectNode metadata = mark.putObject("metadata");
        metadata.put("resourceVersion", Long.toString(revision));
        metadata.putNull("creationTimestamp");
        if (initialEventsEnd) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        return codec.trees().bytes(mark);
    }

    /** Objects as they are. */
    private final class ObjectForm implements WatchAnswer.Form {
        private final ResourceType<?> type;

        ObjectForm(ResourceType<?> type) {
            this.type = type;
        }

        @Override
        public byte[] object(StoredObject object) {
            return object.json();
        }

        @Override
        public byte[] line(WatchEvent.Type type, StoredObject object) {
            return lines.of(type, object);
        }

        @Override
        public byte[] bookmark(long revision, boolean initialEventsEnd) {
            return mark(type.apiVersion(), type.kind(), revision, initialEventsEnd);
        }
    }

    /** The metadata of each object, for those who keep an eye on many kinds. */
    private final class MetadataForm implements WatchAnswer.Form {
        private final String version;

        MetadataForm(String version) {
            this.version = version;
        }

        @Override
        public byte[] object(StoredObject object) {
            return metadataOnly(object.object(), version);
        }

        @Override
        public byte[] bookmark(long revision, boolean initialEventsEnd) {
            return mark(META_GROUP + version, "PartialObjectMetadata", revision, initialEventsEnd);
        }
    }

    /** Each object as a table of one row; only the first has columns. Confined to the watch. */
    private final class TableForm implements WatchAnswer.Form {
        private final ResourceType<?> type;
        private final TableBody.Style first;
        private final TableBody.Style later;
        private boolean begun;

        TableForm(ResourceType<?> type, Accept.Form form, String includeObject) {
            this.type = type;
            this.first = style(form, true, includeObject);
            this.later = style(form, false, includeObject);
        }

        @Override
        public byte[] object(StoredObject object) {
            TableBody.Style style = begun ? later : first;
            begun = true;
            return table(
                    type, List.of(object.object()), object.object().metadata().resourceVersion(), "", null, style);
        }

        @Override
        public byte[] bookmark(long revision, boolean initialEventsEnd) {
            return table(type, List.of(), Long.toString(revision), "", null, later);
        }
    }
}
