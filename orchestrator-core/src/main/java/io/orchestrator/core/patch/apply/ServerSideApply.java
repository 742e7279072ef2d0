package io.orchestrator.core.patch.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.meta.ManagedFieldsEntry;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Time;
import io.orchestrator.core.codec.Decoded;
import io.orchestrator.core.codec.Limits;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.codec.yaml.YamlReader;
import io.orchestrator.core.patch.PatchException;
import io.orchestrator.core.patch.apply.ManagedFields.Owner;
import io.orchestrator.core.schema.RecordSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies bodies and keeps the account of who owns which field. Thread-safe. What it returns has the new
 * {@code metadata.managedFields}; when nothing changes, it equals what it got.
 */
public final class ServerSideApply {
    private static final String STATUS = "status";
    private static final String METADATA = "metadata";
    private static final String METADATA_STEP = Steps.field(METADATA);

    /** What no apply can take from an object, as every body names it. */
    private static final FieldSet IDENTITY =
            FieldSet.of(false, Map.of(METADATA_STEP, FieldSet.of(false, Map.of(Steps.field("name"), FieldSet.LEAF))));

    private final ObjectCodec codec;
    private final YamlReader yaml = new YamlReader(Limits.YAML);
    private final RecordFields records;
    private final OwnedFields doors = new OwnedFields();
    private final KnownAccounts accounts;

    public ServerSideApply(ObjectCodec codec) {
        this.codec = codec;
        this.records = new RecordFields(new WireValues(codec.trees()));
        this.accounts = new KnownAccounts(codec.trees());
    }

    /**
     * What an apply makes of an object.
     *
     * @param live the object as it stands; null creates it
     * @param body JSON or YAML
     * @param force takes over what others own instead of conflicting with them
     * @throws ApplyConflictException when others own fields that the body would change
     * @throws PatchException when the body is malformed
     */
    public <T extends Resource> Decoded<T> apply(
            @Nullable T live, String body, AppliedKind<T> kind, FieldWriter manager, boolean force, Time now) {
        Shape shape = kind.shape(codec);
        ObjectNode wanted = wanted(body, kind.type(), manager);
        JsonNode current = live == null ? kind.empty(codec) : codec.toTree(live);
        ManagedFields managed = managed(live, current, kind, now);

        Owner owner = owner(managed, ManagedFields.APPLY, manager, kind.type());
        FieldSet before = managed.of(owner);
        FieldSet applied = owned(ObjectFields.applied(wanted, shape), manager);
        managed.set(owner, applied, now);
        JsonNode merged = AppliedTree.merge(current, wanted, shape);
        JsonNode pruned = AppliedTree.prune(
                merged, before.minus(applied), managed.ownedByAnyone().union(IDENTITY), shape);
        Decoded<T> decoded = kind.read(pruned, codec);
        // Compared as both are written: "0.5" is no change of "500m".
        JsonNode after = codec.toTree(decoded.value());
        takeOver(managed, owner, owned(ObjectFields.changed(current, after, shape), manager), force);
        FieldSet removed = ObjectFields.removed(current, after, shape).minus(applied);
        managed.change(owner, fields -> fields.minus(removed));

        T result = withManagedFields(
                decoded.value(), managed.entries(), kind.type().objectClass());
        return new Decoded<>(result, decoded.typeMeta(), decoded.problems());
    }

    /** As above, of a kind that has a record. */
    public <T extends Resource> Decoded<T> apply(
            @Nullable T live, String body, Class<T> type, FieldWriter manager, boolean force, Time now) {
        return apply(live, body, AppliedKind.ofRecord(ResourceType.of(type)), manager, force, now);
    }

    /**
     * Notes what a write that is no apply has changed: it owns that now, and alone. The account that it starts from is the one
     * that the written object carries, so that a client can mend it (kubectl does when it turns from client-side to
     * server-side apply); a single empty entry clears it, and no entry at all leaves the standing one.
     *
     * @param live the object before; null when it is created
     */
    public <T extends Resource> T track(
            @Nullable T live, T written, AppliedKind<T> kind, FieldWriter manager, Time now) {
        Class<T> type = kind.type().objectClass();
        List<ManagedFieldsEntry> known = known(live, written, manager);
        Difference difference = difference(live, written, kind);
        FieldSet changed = owned(difference.changed(), manager);
        FieldSet removed = difference.removed();
        if (changed.isEmpty() && removed.isEmpty() && !known.isEmpty()) {
            return withManagedFields(written, known, type);
        }
        if (known.isEmpty()) {
            // As most new objects have it: nobody else owns anything.
            Owner owner = Owner.of(ManagedFields.UPDATE, manager, kind.type().apiVersion());
            return withManagedFields(written, ManagedFields.ofOne(owner, changed.minus(removed), now), type);
        }
        ManagedFields managed = new ManagedFields(known, accounts);
        Owner owner = owner(managed, ManagedFields.UPDATE, manager, kind.type());
        managed.change(owner, fields -> fields.minus(changed).minus(removed));
        managed.set(owner, managed.of(owner).union(changed).minus(removed), now);
        return withManagedFields(written, managed.entries(), type);
    }

    private static List<ManagedFieldsEntry> known(@Nullable Resource live, Resource written, FieldWriter manager) {
        List<ManagedFieldsEntry> asked = written.metadata().managedFields();
        if (asked.size() == 1 && asked.get(0).operation().isEmpty()) {
            return List.of();
        }
        if (asked.isEmpty() || !manager.subresource().isEmpty()) {
            return live == null ? List.of() : live.metadata().managedFields();
        }
        return asked;
    }

    /** As above, of a kind that has a record. */
    public <T extends Resource> T track(@Nullable T live, T written, Class<T> type, FieldWriter manager, Time now) {
        return track(live, written, AppliedKind.ofRecord(ResourceType.of(type)), manager, now);
    }

    private record Difference(FieldSet changed, FieldSet removed) {}

    private <T extends Resource> Difference difference(@Nullable T live, T written, AppliedKind<T> kind) {
        if (kind.isCustom()) {
            Shape shape = kind.shape(codec);
            JsonNode before = live == null ? kind.empty(codec) : codec.toTree(live);
            JsonNode after = codec.toTree(written);
            return new Difference(
                    ObjectFields.changed(before, after, shape), ObjectFields.removed(before, after, shape));
        }
        RecordSchema schema = kind.record(codec);
        return live == null
                ? new Difference(records.ofNew(written, schema), FieldSet.EMPTY)
                : new Difference(records.changed(live, written, schema), records.removed(live, written, schema));
    }

    private ObjectNode wanted(String body, ResourceType<?> type, FieldWriter manager) {
        String start = body.stripLeading();
        JsonNode tree =
                start.startsWith("{") && start.contains("\"") ? codec.trees().parse(body) : yaml.document(body);
        if (!(tree instanceof ObjectNode wanted)) {
            throw PatchException.malformed("an apply patch must be an object");
        }
        if (!wanted.path(METADATA).path("managedFields").isEmpty()) {
            throw PatchException.malformed("metadata.managedFields must be nil");
        }
        for (String field : List.of("apiVersion", "kind")) {
            String expected = field.equals("kind") ? type.kind() : type.apiVersion();
            String found = wanted.path(field).asText("");
            if (!found.equals(expected)) {
                throw PatchException.malformed("an apply patch for " + type.kind() + " must have " + field + " "
                        + expected + ", not \"" + found + "\"");
            }
        }
        if (manager.subresource().equals(STATUS)) {
            wanted.retain("apiVersion", "kind", METADATA, STATUS);
        } else {
            wanted.remove(STATUS);
        }
        return wanted;
    }

    private static void takeOver(ManagedFields managed, Owner owner, FieldSet changed, boolean force) {
        Map<Owner, FieldSet> conflicts = new LinkedHashMap<>();
        for (Owner other : managed.owners()) {
            FieldSet theirs = managed.of(other).intersect(changed);
            if (!other.equals(owner) && !theirs.isEmpty()) {
                conflicts.put(other, theirs);
            }
        }
        if (!conflicts.isEmpty() && !force) {
            throw ApplyConflictException.of(conflicts);
        }
        managed.change(owner, fields -> fields.minus(changed));
    }

    /** An object from before anybody counted: all it has belongs to whoever made it. */
    private <T extends Resource> ManagedFields managed(
            @Nullable T live, JsonNode current, AppliedKind<T> kind, Time now) {
        ManagedFields managed =
                new ManagedFields(live == null ? List.of() : live.metadata().managedFields(), accounts);
        if (live != null && managed.isEmpty()) {
            FieldWriter unknown = FieldWriter.named("before-first-apply");
            FieldSet all = ObjectFields.changed(kind.empty(codec), current, kind.shape(codec));
            managed.set(Owner.of(ManagedFields.UPDATE, unknown, kind.type().apiVersion()), owned(all, unknown), now);
        }
        return managed;
    }

    private static Owner owner(ManagedFields managed, String operation, FieldWriter manager, ResourceType<?> type) {
        Owner owner = Owner.of(operation, manager, type.apiVersion());
        return managed.owners().stream()
                .filter(other -> operation.equals(ManagedFields.APPLY)
                        && other.applies()
                        && other.manager().equals(owner.manager())
                        && other.subresource().equals(owner.subresource()))
                .findFirst()
                .orElse(owner);
    }

    private FieldSet owned(FieldSet fields, FieldWriter manager) {
        return doors.of(fields, manager.subresource());
    }

    private static <T extends Resource> T withManagedFields(T object, List<ManagedFieldsEntry> entries, Class<T> type) {
        ObjectMeta metadata = object.metadata();
        return metadata.managedFields().equals(entries)
                ? object
                : type.cast(object.withMetadata(metadata.withManagedFields(entries)));
    }
}
