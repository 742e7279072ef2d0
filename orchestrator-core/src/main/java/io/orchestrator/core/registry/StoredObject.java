package io.orchestrator.core.registry;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.codec.SplicedJson;
import io.orchestrator.spi.store.StoreValue;
import java.lang.ref.WeakReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One version of one object: its record and, made on the first read that needs them, its JSON bytes. All readers of a
 * version in this process share the one instance.
 *
 * <p>The resource version is the store's revision, so it cannot be known when the value is written: {@link #at} sets it
 * once, when the store has answered or a watch delivers the value, whichever comes first. What goes into the store carries
 * none. Thread-safe.
 */
public final class StoredObject implements StoreValue {
    private final JsonForm form;
    private volatile Resource object;
    private volatile long revision;
    private volatile @Nullable SplicedJson json;
    /** Held by whoever reads it just now: few clients ask for this form. */
    private volatile @Nullable WeakReference<byte[]> message;

    private StoredObject(Resource object, JsonForm form) {
        this.object = object;
        this.form = form;
    }

    /** How records become bytes. */
    public interface JsonForm {
        byte[] encode(Resource object);

        /** The same in pieces, of which objects share what is alike. */
        SplicedJson splice(Resource object);
    }

    /** A version that has yet to be written. */
    static StoredObject toWrite(Resource object, JsonForm form) {
        return new StoredObject(withVersion(object, ""), form);
    }

    /** A version that stands in the store at this revision. */
    static StoredObject standing(Resource object, long revision, JsonForm form) {
        return new StoredObject(object, form).at(revision);
    }

    /** An answer that is not stored: a scale, or the outcome of a dry run. */
    static StoredObject answer(Resource object, JsonForm form) {
        return new StoredObject(object, form);
    }

    /** Sets the resource version; later calls must name the same revision and do nothing. */
    StoredObject at(long revision) {
        if (this.revision == 0) {
            synchronized (this) {
                if (this.revision == 0) {
                    object = withVersion(object, Long.toString(revision));
                    this.revision = revision;
                }
            }
        }
        if (this.revision != revision) {
            throw new IllegalStateException("written at revision " + this.revision + ", asked for " + revision);
        }
        return this;
    }

    /** The same object with a later version: the last state of what was removed at that revision. */
    public StoredObject removedAt(long revision) {
        return standing(object(), revision, form);
    }

    /** The same version of the object in another form. */
    StoredObject as(Resource shown) {
        if (shown == object()) {
            return this;
        }
        return revision == 0 ? answer(shown, form) : standing(shown, revision, form);
    }

    /** The record, with its resource version once it stands in the store. */
    public Resource object() {
        return object;
    }

    /** The revision at which it was written; 0 for what is not stored. */
    public long revision() {
        return revision;
    }

    /** The object as JSON, with its resource version. Encoded at most once. */
    public SplicedJson json() {
        SplicedJson known = json;
        if (known == null) {
            synchronized (this) {
                known = json;
                if (known == null) {
                    known = form.splice(object());
                    if (revision != 0) {
                        json = known;
                    }
                }
            }
        }
        return known;
    }

    /**
     * The object as a protobuf message, which readers share as long as one of them holds it.
     *
     * @param encoder called at most once meanwhile; always gives the same for an object
     */
    public byte[] message(Function<Resource, byte[]> encoder) {
        WeakReference<byte[]> known = message;
        byte[] bytes = known == null ? null : known.get();
        if (bytes == null) {
            synchronized (this) {
                known = message;
                bytes = known == null ? null : known.get();
                if (bytes == null) {
                    bytes = encoder.apply(object());
                    if (revision != 0) {
                        message = new WeakReference<>(bytes);
                    }
                }
            }
        }
        return bytes;
    }

    /** What a store that keeps bytes keeps: the object without its resource version. */
    @Override
    public byte[] bytes() {
        return form.encode(withVersion(object(), ""));
    }

    private static Resource withVersion(Resource object, String version) {
        return object.metadata().resourceVersion().equals(version) ? object : Metadata.withVersion(object, version);
    }

    @Override
    public String toString() {
        return object().metadata().name() + "@" + revision;
    }
}
