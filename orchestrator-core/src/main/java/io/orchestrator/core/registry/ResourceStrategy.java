package io.orchestrator.core.registry;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.codec.Decoded;
import io.orchestrator.core.patch.apply.AppliedKind;
import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.core.schema.StructuralSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is particular to one kind. All functions are pure and thread-safe; what all kinds share is in the registry.
 * Immutable; made by {@link #of}.
 */
public final class ResourceStrategy<T extends Resource> {
    private final ResourceType<T> type;
    private final Function<String, List<String>> nameCheck;
    private final UnaryOperator<T> defaults;
    private final UnaryOperator<T> prepareCreate;
    private final BinaryOperator<T> prepareUpdate;
    private final BinaryOperator<T> admitted;
    private final BinaryOperator<T> unchanged;
    private final BiConsumer<T, Violations> validation;
    private final Judgement<T> judgement;
    private final UpdateValidation<T> updateValidation;
    private final @Nullable BinaryOperator<T> status;
    private final UpdateValidation<T> statusValidation;
    private final @Nullable Function<T, @Nullable Object> spec;
    private final Map<String, Function<T, String>> fields;
    private final String triggerField;
    private final Function<T, Long> grace;
    private final Function<T, Boolean> finalized;
    private final UnaryOperator<T> deleting;
    private final Allocation<T> allocation;
    private final boolean createOnUpdate;
    private final boolean versionRequired;
    private final boolean deletesMany;
    private final boolean statusTakesLabels;
    private final Map<String, Subresource<T, ?>> subresources;
    private final List<TableColumn<T>> columns;
    private final List<T> presets;
    private final @Nullable StructuralSchema structure;
    private final Function<T, Decoded<T>> conformity;
    private final UnaryOperator<T> stored;
    private final UnaryOperator<T> storing;
    private final WriteListener<T> listener;
    private final String warning;
    private final String closedBecause;

    ResourceStrategy(ResourceStrategyBuilder<T> builder) {
        this.type = builder.type;
        this.nameCheck = builder.nameCheck;
        this.defaults = builder.defaults;
        this.prepareCreate = builder.prepareCreate;
        this.prepareUpdate = builder.prepareUpdate;
        this.admitted = builder.admitted;
        this.unchanged = builder.unchanged;
        this.validation = builder.validation;
        this.judgement = builder.judgement;
        this.updateValidation = builder.updateValidation;
        this.status = builder.status;
        this.statusValidation = builder.statusValidation;
        this.spec = builder.spec;
        this.fields = Map.copyOf(builder.fields);
        this.triggerField = builder.triggerField;
        this.grace = builder.grace;
        this.finalized = builder.finalized;
        this.deleting = builder.deleting;
        this.allocation = builder.allocation;
        this.statusTakesLabels = builder.statusTakesLabels;
        this.createOnUpdate = builder.createOnUpdate;
        this.versionRequired = builder.versionRequired;
        this.deletesMany = builder.deletesMany;
        this.subresources = Map.copyOf(builder.subresources);
        this.columns = List.copyOf(builder.columns);
        this.presets = List.copyOf(builder.presets);
        this.structure = builder.structure;
        this.conformity = builder.conformity;
        this.stored = builder.stored;
        this.storing = builder.storing;
        this.listener = builder.listener;
        this.warning = builder.warning;
        this.closedBecause = builder.closedBecause;
    }

    public static <T extends Resource> ResourceStrategyBuilder<T> of(ResourceType<T> type) {
        return new ResourceStrategyBuilder<>(type);
    }

    /** Compares what is wanted with what stands there. */
    @FunctionalInterface
    public interface UpdateValidation<T> {
        void check(T wanted, T current, Violations violations);
    }

    /** Looks at what is wanted, and at what stands there where something does. */
    @FunctionalInterface
    public interface Judgement<T> {
        void check(T wanted, @Nullable T current, Violations violations);
    }

    /** Told of what was written, on the thread that wrote, before the writer has its answer. */
    @FunctionalInterface
    public interface WriteListener<T> {
        /** @param removed whether nothing stands there any more */
        void written(T object, boolean removed);
    }

    public ResourceType<T> type() {
        return type;
    }

    /** What is wrong with a name of this kind; nothing when all is well. */
    public List<String> checkName(String name) {
        return nameCheck.apply(name);
    }

    public T defaulted(T object) {
        return defaults.apply(object);
    }

    T preparedForCreate(T object) {
        return prepareCreate.apply(object);
    }

    T preparedForUpdate(T wanted, T current) {
        return prepareUpdate.apply(wanted, current);
    }

    /** A new object as admission has left it, sharing with others what it made of the same before. */
    T admitted(T before, T after) {
        return admitted.apply(before, after);
    }

    /** What is wanted in the place of what stands there, sharing with that what is the same. */
    T unchanged(T wanted, T current) {
        return unchanged.apply(wanted, current);
    }

    /** @param current what stands there; null for a new object */
    void validate(T object, @Nullable T current, Violations violations) {
        validation.accept(object, violations);
        judgement.check(object, current, violations);
    }

    void validateUpdate(T wanted, T current, Violations violations) {
        updateValidation.check(wanted, current, violations);
    }

    void validateStatus(T wanted, T current, Violations violations) {
        statusValidation.check(wanted, current, violations);
    }

    /** Whether status is written apart from everything else. */
    public boolean hasStatus() {
        return status != null;
    }

    /** {@code object} with the status of {@code source}. */
    T withStatusOf(T object, T source) {
        return status == null ? object : status.apply(object, source);
    }

    /** Whether the kind counts generations. */
    boolean hasGeneration() {
        return spec != null;
    }

    @Nullable
    Object specOf(T object) {
        return spec == null ? null : spec.apply(object);
    }

    /** The fields that a field selector may name, besides {@code metadata.name} and {@code metadata.namespace}. */
    public Map<String, Function<T, String>> selectableFields() {
        return fields;
    }

    /** The selectable field by which watchers are sorted; empty for none. */
    String triggerField() {
        return triggerField;
    }

    String triggerOf(T object) {
        Function<T, String> getter = fields.get(triggerField);
        return getter == null ? "" : getter.apply(object);
    }

    /** How long a deletion waits where the request does not say; 0 for kinds that go at once. */
    long graceSeconds(T object) {
        return grace.apply(object);
    }

    /** Whether nothing of the kind's own still holds up the end of an object that is being deleted. */
    boolean finalized(T object) {
        return finalized.apply(object);
    }

    /** The object as it says of itself that it is being deleted. */
    T markedDeleting(T object) {
        return deleting.apply(object);
    }

    Allocation<T> allocation() {
        return allocation;
    }

    /** Whether a write of the status may change labels too. */
    boolean statusTakesLabels() {
        return statusTakesLabels;
    }

    boolean createsOnUpdate() {
        return createOnUpdate;
    }

    boolean versionRequired() {
        return versionRequired;
    }

    /** Whether a whole collection may be deleted with one request. */
    public boolean deletesMany() {
        return deletesMany;
    }

    /** Subresources besides {@code status}, by name. */
    public Map<String, Subresource<T, ?>> subresources() {
        return subresources;
    }

    public Optional<Subresource<T, ?>> subresource(String name) {
        return Optional.ofNullable(subresources.get(name));
    }

    /** The columns of tables, behind the name and before the age; empty prints just those two. */
    public List<TableColumn<T>> columns() {
        return columns;
    }

    /** The objects that every cluster has from its start. */
    List<T> presets() {
        return presets;
    }

    /** The schema of a custom resource; empty for a kind that has a record. */
    public Optional<StructuralSchema> structure() {
        return Optional.ofNullable(structure);
    }

    /** The kind as server-side apply sees it. */
    AppliedKind<T> applied() {
        return new AppliedKind<>(type, structure);
    }

    /** The object without what its kind does not know, and the words for that. */
    public Decoded<T> conforming(T object) {
        return conformity.apply(object);
    }

    /** What an object in the store, which may be older than the kind's present form, is in this version. */
    public T fromStore(T object) {
        return stored.apply(object);
    }

    /** The object in the version in which the store keeps it; the very object where that is this one. */
    T toStore(T object) {
        return storing.apply(object);
    }

    void written(T object, boolean removed) {
        listener.written(object, removed);
    }

    /** What everybody is told who asks for the kind; empty for nothing. */
    public String warning() {
        return warning;
    }

    /** Why no new objects may be made; empty where they may. */
    String closedBecause() {
        return closedBecause;
    }
}
