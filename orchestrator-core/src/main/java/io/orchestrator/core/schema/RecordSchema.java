package io.orchestrator.core.schema;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.ResourceKind;
import java.lang.invoke.MethodHandle;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record class as the wire sees it. Immutable but for its guesses; got from {@link Schemas}. */
public final class RecordSchema {
    private static final int NESTED = 1000;

    private final Class<?> type;
    private final List<FieldSchema> fields;
    private final Map<String, FieldSchema> byName;
    private final Map<Integer, FieldSchema> byTag;
    private final MethodHandle constructor;
    private final @Nullable Object[] absent;
    private final @Nullable ResourceKind kind;
    private final String apiVersion;
    /** By field, behind an entry for the beginning: which one came next the last time. A benign race: it is but a guess. */
    private final @Nullable FieldSchema[] followers;

    RecordSchema(Class<?> type, List<FieldSchema> fields, MethodHandle constructor, @Nullable Object[] absent) {
        this.type = type;
        this.fields = List.copyOf(fields);
        this.constructor = constructor;
        this.absent = absent;
        this.followers = fields.toArray(new FieldSchema[fields.size() + 1]);
        this.kind = type.getAnnotation(ResourceKind.class);
        this.apiVersion =
                kind == null ? "" : kind.group().isEmpty() ? kind.version() : kind.group() + "/" + kind.version();
        this.byName = new HashMap<>(fields.size() * 2);
        this.byTag = new HashMap<>(fields.size() * 2);
        for (FieldSchema field : fields) {
            if (byName.put(field.name(), field) != null) {
                throw new IllegalArgumentException(type + " has two fields named " + field.name());
            }
            if (field.tag() > 0 && byTag.put(tagKey(field.within(), field.tag()), field) != null) {
                throw new IllegalArgumentException(type + " has two fields with tag " + field.tag());
            }
        }
    }

    public Class<?> type() {
        return type;
    }

    /** In the order of the components, which is the order in JSON. */
    public List<FieldSchema> fields() {
        return fields;
    }

    /** The field of this wire name; null for none. Names are case-sensitive. */
    public @Nullable FieldSchema field(String name) {
        return byName.get(name);
    }

    /**
     * The field that is likely to come next in a body, since it did in the last one; null where none is.
     *
     * @param index of the field before; -1 at the beginning
     */
    public @Nullable FieldSchema guessAfter(int index) {
        return followers[index + 1];
    }

    /** Notes what has come next, so that bodies which are alike are read without looking names up. */
    public void sawAfter(int index, FieldSchema next) {
        followers[index + 1] = next;
    }

    /** The field of this protobuf number inside the message embedded at {@code within}; null for none. */
    public @Nullable FieldSchema field(int within, int tag) {
        return byTag.get(tagKey(within, tag));
    }

    /**
     * Whether an embedded message stands there, whose fields are this record's own.
     *
     * @param path the message's number, as {@link Field#within} has it
     */
    public boolean embeds(int path) {
        return fields.stream().anyMatch(field -> field.within() == path || field.within() / NESTED == path && path > 0);
    }

    /** What it is as a top-level object; empty for a part of one. */
    public Optional<ResourceKind> kind() {
        return Optional.ofNullable(kind);
    }

    /** Such as {@code Deployment}; the simple name for a part of an object. */
    public String kindName() {
        return kind == null ? type.getSimpleName() : kind.kind();
    }

    /** Such as {@code apps/v1}; empty for a part of an object. */
    public String apiVersion() {
        return apiVersion;
    }

    public boolean isTopLevel() {
        return kind != null;
    }

    public String description() {
        Description description = type.getAnnotation(Description.class);
        return description == null ? "" : description.value();
    }

    /** Whether server-side apply and a merge see it as one value. */
    public boolean atomic() {
        return type.isAnnotationPresent(Atomic.class);
    }

    /** Constructor arguments with nothing set, for the caller to fill by {@link FieldSchema#index()}. */
    public @Nullable Object[] newArguments() {
        return absent.clone();
    }

    public Object newInstance(@Nullable Object[] arguments) {
        try {
            return (Object) constructor.invokeExact(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** All protobuf numbers in use, embedded messages' fields aside. */
    public Collection<FieldSchema> tagged() {
        return byTag.values();
    }

    /** The path to a message in an embedded one, or in the record itself. */
    public static int nested(int within, int tag) {
        return within * NESTED + tag;
    }

    public static int outerOf(int path) {
        return path / NESTED;
    }

    public static int lastOf(int path) {
        return path % NESTED;
    }

    private static Integer tagKey(int within, int tag) {
        return within << 10 | tag;
    }

    @Override
    public String toString() {
        return "schema of " + type.getSimpleName();
    }
}
