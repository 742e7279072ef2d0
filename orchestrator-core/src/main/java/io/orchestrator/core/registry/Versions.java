package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.FieldSelector;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.registry.cache.WatchSink;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets verbs that know the stored form of a kind only serve all of its versions. Thread-safe, no state of its own. */
final class Versions {
    private final Supplier<Catalog> catalog;
    private final Codec codec;

    Versions(Supplier<Catalog> catalog, Codec codec) {
        this.catalog = catalog;
        this.codec = codec;
    }

    /** Runs a verb that has no body. */
    StoredObject in(Target<?> target, Function<Target<?>, StoredObject> verb) {
        ServedVersion<?, ?> version = of(target);
        return version == null ? verb.apply(target) : shown(version, verb.apply(version.target(target)));
    }

    StoredObject in(Target<?> target, Resource body, BiFunction<Target<?>, Resource, StoredObject> verb) {
        ServedVersion<?, ?> version = of(target);
        return version == null
                ? verb.apply(target, body)
                : shown(version, verb.apply(version.target(target), version.stored(body)));
    }

    /** As {@link #in}, for a verb that may create. */
    Written written(Target<?> target, Function<Target<?>, Written> verb) {
        ServedVersion<?, ?> version = of(target);
        return version == null
                ? verb.apply(target)
                : verb.apply(version.target(target)).map(object -> shown(version, object));
    }

    Written written(Target<?> target, Resource body, BiFunction<Target<?>, Resource, Written> verb) {
        ServedVersion<?, ?> version = of(target);
        return version == null
                ? verb.apply(target, body)
                : verb.apply(version.target(target), version.stored(body)).map(object -> shown(version, object));
    }

    Page list(Target<?> collection, ListOptions options, BiFunction<Target<?>, ListOptions, Page> verb) {
        ServedVersion<?, ?> version = of(collection);
        if (version == null) {
            return verb.apply(collection, options);
        }
        Page page = verb.apply(version.target(collection), selecting(version, options));
        return new Page(
                page.revision(),
                page.objects().stream().map(object -> shown(version, object)).toList(),
                page.continueToken(),
                page.remaining());
    }

    /** Options of a list or watch as the stored kind understands them. */
    ListOptions options(Target<?> collection, ListOptions options) {
        ServedVersion<?, ?> version = of(collection);
        return version == null ? options : selecting(version, options);
    }

    Target<?> stored(Target<?> target) {
        ServedVersion<?, ?> version = of(target);
        return version == null ? target : version.target(target);
    }

    /** Who asks, and for which form. */
    Caller asking(Target<?> target, Caller caller) {
        return of(target) == null ? caller : caller.asking(target.type());
    }

    StoredObject shown(Target<?> target, StoredObject object) {
        ServedVersion<?, ?> version = of(target);
        return version == null ? object : shown(version, object);
    }

    /** Gives a watch's events in the form that was asked for. */
    WatchSink sink(Target<?> collection, WatchSink sink) {
        ServedVersion<?, ?> version = of(collection);
        return version == null ? sink : new VersionSink(version, sink);
    }

    /** How a patch that sees the asked form changes a stored object. */
    PatchForm form(Target<?> target) {
        ServedVersion<?, ?> version = of(target);
        return version == null ? PatchForm.AS_STORED : version::patched;
    }

    /** An apply as the stored kind understands it; other patches, which need to see the object, stay as they are. */
    Patch apply(Target<?> target, Patch patch, WriteOptions options, Caller caller) {
        ServedVersion<?, ?> version = of(target);
        if (version == null || patch.type() != Patch.Type.APPLY) {
            return patch;
        }
        if (!target.subresource().isEmpty()) {
            throw ApiException.badRequest("apply is served on the " + target.subresource() + " of "
                    + version.stored().apiVersion() + " only");
        }
        return Patch.apply(codec.applied(version.stored(body(version, patch, options, caller))));
    }

    private <V extends Resource> V body(ServedVersion<V, ?> version, Patch patch, WriteOptions options, Caller caller) {
        Class<V> kind = version.type().objectClass();
        return codec.checked(codec.read(version.type(), patch.body()), kind, options, caller.warnings());
    }

    private @Nullable ServedVersion<?, ?> of(Target<?> target) {
        return catalog.get().version(target.type()).orElse(null);
    }

    private static StoredObject shown(ServedVersion<?, ?> version, StoredObject object) {
        return object.as(version.shown(object.object()));
    }

    private static ListOptions selecting(ServedVersion<?, ?> version, ListOptions options) {
        if (options.fieldSelector().isEmpty()) {
            return options;
        }
        FieldSelector selector = Selectors.of(options).fields();
        return options.fields(new FieldSelector(selector.terms().stream()
                        .map(term -> new FieldSelector.Term(field(version, term.field()), term.value(), term.negated()))
                        .toList())
                .toString());
    }

    private static String field(ServedVersion<?, ?> version, String field) {
        if (field.equals("metadata.name") || field.equals("metadata.namespace")) {
            return field;
        }
        String stored = version.fields().apply(field);
        if (stored.isEmpty()) {
            throw Failures.unknownField(version.type(), field);
        }
        return stored;
    }

    /** Passes a watch on in another form. */
    private static final class VersionSink implements WatchSink {
        private final ServedVersion<?, ?> version;
        private final WatchSink sink;

        VersionSink(ServedVersion<?, ?> version, WatchSink sink) {
            this.version = version;
            this.sink = sink;
        }

        @Override
        public boolean isReady(Runnable later) {
            return sink.isReady(later);
        }

        @Override
        public void event(WatchEvent.Type type, StoredObject object) {
            sink.event(type, shown(version, object));
        }

        @Override
        public void bookmark(long revision, boolean initialEventsEnd) {
            sink.bookmark(revision, initialEventsEnd);
        }

        @Override
        public void closed(ApiException cause) {
            sink.closed(cause);
        }
    }
}
