package io.orchestrator.core.patch.apply;

import io.orchestrator.api.meta.ManagedFieldsEntry;
import io.orchestrator.api.meta.ManagedFieldsEntryBuilder;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.core.codec.JsonTrees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one field of an object that a view of it shows elsewhere, as a scale shows the replicas: who owns it there owns it here.
 * Immutable.
 */
public final class ViewedField {
    private static final FieldSet SHOWN = path(List.of("spec", "replicas"), 0);

    private final FieldSet field;
    private final KnownAccounts accounts;

    /** @param path of the field in the object */
    public ViewedField(List<String> path, JsonTrees trees) {
        this.field = path(path, 0);
        this.accounts = new KnownAccounts(trees);
    }

    /** What tells owners apart, whichever the version is that they wrote. */
    private record Writer(String manager, String operation, String subresource) {
        static Writer of(ManagedFieldsEntry entry) {
            return new Writer(entry.manager(), entry.operation(), entry.subresource());
        }
    }

    private static FieldSet path(List<String> names, int from) {
        return from == names.size()
                ? FieldSet.LEAF
                : FieldSet.of(false, Map.of(Steps.field(names.get(from)), path(names, from + 1)));
    }

    /**
     * The owners as the view has them. Who owns something else is there with nothing, since the object is one whose owners are
     * known.
     *
     * @param apiVersion of the view
     */
    public List<ManagedFieldsEntry> shown(List<ManagedFieldsEntry> owners, String apiVersion) {
        return owners.stream()
                .map(entry -> ManagedFieldsEntryBuilder.builder(entry)
                        .apiVersion(apiVersion)
                        .fieldsV1(owns(entry) ? SHOWN.json() : FieldSet.EMPTY.json())
                        .build())
                .toList();
    }

    /**
     * The owners of the object, once the view has been written.
     *
     * @param owners as they were
     * @param viewed those of the view after the write
     * @param apiVersion of the object
     */
    public List<ManagedFieldsEntry> restored(
            List<ManagedFieldsEntry> owners, List<ManagedFieldsEntry> viewed, String apiVersion) {
        Map<Writer, ManagedFieldsEntry> owning = new LinkedHashMap<>();
        viewed.forEach(entry -> owning.put(Writer.of(entry), entry));
        List<ManagedFieldsEntry> restored = new ArrayList<>();
        for (ManagedFieldsEntry entry : owners) {
            if (!owns(entry)) {
                restored.add(entry);
            } else if (owning.remove(Writer.of(entry)) != null) {
                restored.add(entry);
            } else {
                FieldSet rest = fields(entry).minus(field);
                if (!rest.isEmpty()) {
                    restored.add(ManagedFieldsEntryBuilder.builder(entry)
                            .fieldsV1(rest.json())
                            .build());
                }
            }
        }
        owning.values()
                .forEach(entry -> restored.add(ManagedFieldsEntryBuilder.builder(entry)
                        .apiVersion(apiVersion)
                        .fieldsV1(field.json())
                        .build()));
        return restored;
    }

    private boolean owns(ManagedFieldsEntry entry) {
        return !fields(entry).intersect(field).isEmpty();
    }

    private FieldSet fields(ManagedFieldsEntry entry) {
        @Nullable RawJson fields = entry.fieldsV1();
        return fields == null ? FieldSet.EMPTY : accounts.fields(fields);
    }
}
