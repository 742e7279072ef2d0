package io.orchestrator.core.patch.apply;

import io.orchestrator.api.meta.ManagedFieldsEntry;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.meta.Time;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The owners of an object's fields while one write changes them. Confined to that write. */
final class ManagedFields {
    static final String APPLY = "Apply";
    static final String UPDATE = "Update";

    /** More that only ever updated are counted as one, lest an object grows without end. */
    private static final int MAX_UPDATERS = 10;

    private static final String ANCIENT = "ancient-changes";
    private static final Comparator<ManagedFieldsEntry> ORDER = Comparator.comparing(ManagedFieldsEntry::operation)
            .thenComparing(ManagedFieldsEntry::time, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(ManagedFieldsEntry::manager)
            .thenComparing(ManagedFieldsEntry::apiVersion)
            .thenComparing(ManagedFieldsEntry::subresource);

    private final KnownAccounts accounts;
    private final Map<Owner, Share> shares = new LinkedHashMap<>();

    /** What tells entries apart. An applier is the same in every version. */
    record Owner(String manager, String operation, String apiVersion, String subresource) {
        static Owner of(String operation, FieldWriter manager, String apiVersion) {
            return new Owner(manager.name(), operation, apiVersion, manager.subresource());
        }

        boolean applies() {
            return operation.equals(APPLY);
        }

        /** As conflicts name it. */
        String inWords() {
            String words = '"' + manager + '"';
            if (!subresource.isEmpty()) {
                words += " with subresource \"" + subresource + '"';
            }
            return applies() ? words : words + " using " + apiVersion;
        }
    }

    private record Share(FieldSet fields, @Nullable Time time) {}

    ManagedFields(List<ManagedFieldsEntry> entries, KnownAccounts accounts) {
        this.accounts = accounts;
        for (ManagedFieldsEntry entry : entries) {
            RawJson fields = entry.fieldsV1();
            if (fields != null && !entry.operation().isEmpty()) {
                Owner owner = new Owner(entry.manager(), entry.operation(), entry.apiVersion(), entry.subresource());
                shares.put(owner, new Share(accounts.fields(fields), entry.time()));
            }
        }
    }

    /** The entries of an object that one owner has made. */
    static List<ManagedFieldsEntry> ofOne(Owner owner, FieldSet fields, Time now) {
        return fields.isEmpty() ? List.of() : List.of(entry(owner, new Share(fields, now)));
    }

    boolean isEmpty() {
        return shares.isEmpty();
    }

    List<Owner> owners() {
        return List.copyOf(shares.keySet());
    }

    FieldSet of(Owner owner) {
        Share share = shares.get(owner);
        return share == null ? FieldSet.EMPTY : share.fields();
    }

    /** Sets what somebody owns; the time moves only when that changes. */
    void set(Owner owner, FieldSet fields, Time now) {
        Share before = shares.get(owner);
        if (before == null || !before.fields().equals(fields)) {
            shares.put(owner, new Share(fields, now));
        }
    }

    /** Changes what all the others own, whose times stay. */
    void change(Owner except, UnaryOperator<FieldSet> change) {
        for (Map.Entry<Owner, Share> share : shares.entrySet()) {
            if (!share.getKey().equals(except)) {
                share.setValue(new Share(
                        change.apply(share.getValue().fields()),
                        share.getValue().time()));
            }
        }
    }

    FieldSet ownedByAnyone() {
        return shares.values().stream().map(Share::fields).reduce(FieldSet.EMPTY, FieldSet::union);
    }

    List<ManagedFieldsEntry> entries() {
        List<ManagedFieldsEntry> entries = new ArrayList<>();
        shares.forEach((owner, share) -> {
            if (!share.fields().isEmpty()) {
                entries.add(entry(owner, share));
            }
        });
        entries.sort(ORDER);
        return capped(entries);
    }

    private List<ManagedFieldsEntry> capped(List<ManagedFieldsEntry> entries) {
        long updaters = entries.stream()
                .filter(entry -> entry.operation().equals(UPDATE))
                .count();
        if (updaters <= MAX_UPDATERS) {
            return entries;
        }
        List<ManagedFieldsEntry> kept = new ArrayList<>();
        Share ancient = null;
        Owner owner = null;
        for (ManagedFieldsEntry entry : entries) {
            boolean merged = entry.operation().equals(UPDATE)
                    && updaters >= MAX_UPDATERS
                    && entry.subresource().isEmpty();
            if (!merged) {
                kept.add(entry);
                continue;
            }
            updaters--;
            FieldSet fields = accounts.fields(Objects.requireNonNull(entry.fieldsV1()));
            ancient = new Share(ancient == null ? fields : ancient.fields().union(fields), entry.time());
            owner = new Owner(ANCIENT, UPDATE, entry.apiVersion(), "");
        }
        if (owner != null && ancient != null) {
            kept.add(entry(owner, ancient));
        }
        kept.sort(ORDER);
        return kept;
    }

    private static ManagedFieldsEntry entry(Owner owner, Share share) {
        return new ManagedFieldsEntry(
                owner.manager(),
                owner.operation(),
                owner.apiVersion(),
                share.time(),
                "FieldsV1",
                share.fields().json(),
                owner.subresource());
    }
}
