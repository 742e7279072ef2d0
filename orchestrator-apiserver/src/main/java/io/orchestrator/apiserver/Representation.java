package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.meta.ListMeta;
import io.orchestrator.api.meta.ListMetaBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.apiserver.table.Printers;
import io.orchestrator.apiserver.table.TableBody;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.codec.SplicedJson;
import io.orchestrator.core.codec.TypeMeta;
import io.orchestrator.core.registry.Page;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.StoredObject;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Objects in the form that a client asked for: as they are, as their metadata, or as rows of a table. Thread-safe. */
final class Representation {
    private static final byte[] NOTHING = new byte[0];

    private final ObjectCodec codec;
    private final BodyWriter bodies;
    private final Clock clock;
    private final TableBody tables;
    private final EventLines lines = new EventLines();
    private final EventLines frames = new EventLines();
    private final EventLines messages = new EventLines();

    Representation(Registry registry, ObjectCodec codec, Clock clock) {
        this.tables = new TableBody(new Printers(registry::catalog));
        this.codec = codec;
        this.bodies = new BodyWriter(codec);
        this.clock = clock;
    }

    /** In what forms objects of this type can be had. */
    Accept.Offer offer(ResourceType<?> type) {
        return new Accept.Offer(true, bodies.writesProtobuf(type.objectClass()));
    }

    /** The same of something that has no rows. */
    Accept.Offer offerWithoutTables(ResourceType<?> type) {
        return new Accept.Offer(false, bodies.writesProtobuf(type.objectClass()));
    }

    BodyWriter bodies() {
        return bodies;
    }

    /** One object. */
    SplicedJson object(StoredObject object, ResourceType<?> type, Accept.Form form, String includeObject) {
        if (form.isMetadata()) {
            return SplicedJson.of(bodies.metadata(object.object(), metadataKind(form), form.encoding()));
        }
        if (!form.isTable() || !type.objectClass().isInstance(object.object())) {
            return bodies.object(object, form.encoding());
        }
        byte[] table = table(
                type,
                List.of(object.object()),
                object.object().metadata().resourceVersion(),
                "",
                null,
                style(form, true, includeObject));
        return SplicedJson.of(bodies.text(table, form.encoding()));
    }

    /** A page of a list, piece by piece. */
    Iterator<byte[]> page(Page page, ResourceType<?> type, Accept.Form form, String includeObject) {
        if (form.isTable()) {
            byte[] table = table(
                    type,
                    page.objects().stream().map(StoredObject::object).toList(),
                    page.resourceVersion(),
                    page.continueToken(),
                    page.remaining(),
                    style(form, true, includeObject));
            return List.of(bodies.text(table, form.encoding())).iterator();
        }
        ListMeta metadata = ListMetaBuilder.builder()
                .resourceVersion(page.resourceVersion())
                .continueToken(page.continueToken())
                .remainingItemCount(page.remaining())
                .build();
        return form.isMetadata()
                ? bodies.metadata(
                        metadataKind(form, "PartialObjectMetadataList"),
                        metadataKind(form),
                        metadata,
                        page.objects(),
                        form.encoding())
                : bodies.objects(
                        new TypeMeta(type.apiVersion(), type.kind() + "List"),
                        metadata,
                        page.objects(),
                        form.encoding());
    }

    /**
     * What a watch shows.
     *
     * @param messages whether each event is a message of its own, so that none needs an end
     */
    WatchAnswer.Form watch(ResourceType<?> type, Accept.Form form, String includeObject, boolean messages) {
        EventFraming framing = EventFraming.of(form.encoding(), messages);
        WatchedObjects objects;
        if (form.isMetadata()) {
            objects = new MetadataForm(form);
        } else if (form.isTable()) {
            objects = new TableForm(type, form, includeObject);
        } else {
            return new EventForm(framing, new ObjectForm(type, form.encoding()), shared(framing), bodies);
        }
        return new EventForm(framing, objects, null, bodies);
    }

    private EventLines shared(EventFraming framing) {
        return switch (framing) {
            case LINES -> lines;
            case FRAMES -> frames;
            case MESSAGES -> messages;
        };
    }

    private static TypeMeta metadataKind(Accept.Form form) {
        return metadataKind(form, "PartialObjectMetadata");
    }

    private static TypeMeta metadataKind(Accept.Form form, String kind) {
        return new TypeMeta("meta.k8s.io/" + form.parameter("v"), kind);
    }

    private byte[] table(
            ResourceType<?> type,
            List<Resource> objects,
            String version,
            String continueToken,
            @Nullable Long remaining,
            TableBody.Style style) {
        return tables.write(type, objects, version, continueToken, remaining, clock.instant(), style);
    }

    private TableBody.Style style(Accept.Form form, boolean withColumns, String includeObject) {
        Function<Resource, byte[]> include = switch (includeObject) {
            case "None" -> object -> NOTHING;
            case "Object" -> codec::encode;
            case "", "Metadata" -> object -> bodies.metadata(object, metadataKind(form), Encoding.JSON);
            default ->
                throw ApiException.badRequest(
                        "invalid includeObject value \"" + includeObject + "\": must be None, Metadata or Object");
        };
        return new TableBody.Style(form.parameter("v"), withColumns, include);
    }

    /** Objects as they are. */
    private final class ObjectForm implements WatchedObjects {
        private final TypeMeta kind;
        private final Encoding encoding;

        ObjectForm(ResourceType<?> type, Encoding encoding) {
            this.kind = new TypeMeta(type.apiVersion(), type.kind());
            this.encoding = encoding;
        }

        @Override
        public byte[] object(StoredObject object) {
            return bodies.object(object, encoding).whole();
        }

        @Override
        public byte[] bookmark(long revision, boolean initialEventsEnd) {
            return bodies.mark(kind, revision, initialEventsEnd, encoding);
        }
    }

    /** The metadata of each object, for those who keep an eye on many kinds. */
    private final class MetadataForm implements WatchedObjects {
        private final TypeMeta kind;
        private final Encoding encoding;

        MetadataForm(Accept.Form form) {
            this.kind = metadataKind(form);
            this.encoding = form.encoding();
        }

        @Override
        public byte[] object(StoredObject object) {
            return bodies.metadata(object.object(), kind, encoding);
        }

        @Override
        public byte[] bookmark(long revision, boolean initialEventsEnd) {
            return bodies.mark(kind, revision, initialEventsEnd, encoding);
        }
    }

    /** Each object as a table of one row; only the first has columns. Confined to the watch. */
    private final class TableForm implements WatchedObjects {
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
