package io.orchestrator.core.registry;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.codec.Decoded;
import io.orchestrator.core.codec.TypeMeta;
import io.orchestrator.core.patch.apply.AppliedKind;
import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.core.schema.StructuralSchema;
import java.util.LinkedHashMap;
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

    private ResourceStrategy(Builder<T> builder) {
        this.type = builder.type;
        this.nameCheck = builder.nameCheck;
        this.defaults = builder.defaults;
        this.prepareCreate = builder.prepareCreate;
        this.prepareUpdate = builder.prepareUpdate;
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

    public static <T extends Resource> Builder<T> of(ResourceType<T> type) {
        return new Builder<>(type);
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

    /** Puts a strategy together. What is not set does nothing. Confined to one thread. */
    public static final class Builder<T extends Resource> {
        private final ResourceType<T> type;
        private Function<String, List<String>> nameCheck = Names::dnsSubdomain;
        private UnaryOperator<T> defaults = UnaryOperator.identity();
        private UnaryOperator<T> prepareCreate = UnaryOperator.identity();
        private BinaryOperator<T> prepareUpdate = (wanted, current) -> wanted;
        private BiConsumer<T, Violations> validation = (object, violations) -> {};
        private Judgement<T> judgement = (wanted, current, violations) -> {};
        private UpdateValidation<T> updateValidation = (wanted, current, violations) -> {};
        private @Nullable BinaryOperator<T> status;
        private UpdateValidation<T> statusValidation = (wanted, current, violations) -> {};
        private @Nullable Function<T, @Nullable Object> spec;
        private final Map<String, Function<T, String>> fields = new LinkedHashMap<>();
        private String triggerField = "";
        private Function<T, Long> grace = object -> 0L;
        private Function<T, Boolean> finalized = object -> true;
        private UnaryOperator<T> deleting = UnaryOperator.identity();
        private Allocation<T> allocation = Allocation.none();
        private boolean statusTakesLabels = true;
        private boolean createOnUpdate;
        private boolean versionRequired;
        private boolean deletesMany = true;
        private final Map<String, Subresource<T, ?>> subresources = new LinkedHashMap<>();
        private List<TableColumn<T>> columns = List.of();
        private List<T> presets = List.of();
        private @Nullable StructuralSchema structure;
        private Function<T, Decoded<T>> conformity = object -> new Decoded<>(object, TypeMeta.NONE, List.of());
        private UnaryOperator<T> stored = UnaryOperator.identity();
        private UnaryOperator<T> storing = UnaryOperator.identity();
        private WriteListener<T> listener = (object, removed) -> {};
        private String warning = "";
        private String closedBecause = "";

        private Builder(ResourceType<T> type) {
            this.type = type;
        }

        /** An RFC 1123 subdomain unless said otherwise. */
        public Builder<T> names(Function<String, List<String>> check) {
            nameCheck = check;
            return this;
        }

        public Builder<T> defaults(UnaryOperator<T> function) {
            defaults = function;
            return this;
        }

        /** Last changes before a new object is validated; status is dropped without it. */
        public Builder<T> prepareCreate(UnaryOperator<T> function) {
            prepareCreate = function;
            return this;
        }

        /** Takes over from the current object what an update may not touch; status and metadata are dealt with without it. */
        public Builder<T> prepareUpdate(BinaryOperator<T> function) {
            prepareUpdate = function;
            return this;
        }

        /** What must hold of a new object and of an updated one alike. */
        public Builder<T> validation(BiConsumer<T, Violations> function) {
            validation = function;
            return this;
        }

        /** As {@link #validation}, for what depends on the state before. */
        public Builder<T> judgement(Judgement<T> function) {
            judgement = function;
            return this;
        }

        /** What may not change. */
        public Builder<T> updateValidation(UpdateValidation<T> function) {
            updateValidation = function;
            return this;
        }

        /** Gives the kind a status subresource. @param copy the first with the status of the second */
        public Builder<T> status(BinaryOperator<T> copy) {
            status = copy;
            return this;
        }

        public Builder<T> statusValidation(UpdateValidation<T> function) {
            statusValidation = function;
            return this;
        }

        /** Counts generations: a change of this part raises it. */
        public Builder<T> generationOf(Function<T, @Nullable Object> part) {
            spec = part;
            return this;
        }

        public Builder<T> field(String name, Function<T, String> getter) {
            fields.put(name, getter);
            return this;
        }

        /** A selectable field by which watchers are sorted as well. */
        public Builder<T> triggerField(String name, Function<T, String> getter) {
            triggerField = name;
            return field(name, getter);
        }

        public Builder<T> graceSeconds(Function<T, Long> function) {
            grace = function;
            return this;
        }

        public Builder<T> finalizedWhen(Function<T, Boolean> function) {
            finalized = function;
            return this;
        }

        /** What else changes when a deletion begins. */
        public Builder<T> markDeleting(UnaryOperator<T> function) {
            deleting = function;
            return this;
        }

        /** What objects of this kind hold of a shared range. */
        public Builder<T> allocation(Allocation<T> source) {
            allocation = source;
            return this;
        }

        /** A write of the status leaves labels as they are. */
        public Builder<T> statusKeepsLabels() {
            statusTakesLabels = false;
            return this;
        }

        /** An update of what does not exist creates it. */
        public Builder<T> createOnUpdate() {
            createOnUpdate = true;
            return this;
        }

        /** An update must name the version that it replaces. */
        public Builder<T> versionRequired() {
            versionRequired = true;
            return this;
        }

        /** Objects are deleted one by one only. */
        public Builder<T> deletedSingly() {
            deletesMany = false;
            return this;
        }

        public Builder<T> subresource(Subresource<T, ?> subresource) {
            subresources.put(subresource.name(), subresource);
            return this;
        }

        public Builder<T> columns(List<TableColumn<T>> columns) {
            this.columns = columns;
            return this;
        }

        /** The objects that every cluster has from its start; they may be changed and deleted like others. */
        public Builder<T> presets(List<T> objects) {
            presets = objects;
            return this;
        }

        /** The schema of a custom resource. */
        public Builder<T> structure(StructuralSchema schema) {
            structure = schema;
            return this;
        }

        /** Takes away what the kind does not know, where decoding has not done it already. */
        public Builder<T> conforming(Function<T, Decoded<T>> function) {
            conformity = function;
            return this;
        }

        /** Brings objects of the store into this version's form; returns the very object where nothing is to be done. */
        public Builder<T> fromStore(UnaryOperator<T> function) {
            stored = function;
            return this;
        }

        /** Brings objects into the version in which they are stored; returns the very object where nothing is to be done. */
        public Builder<T> toStore(UnaryOperator<T> function) {
            storing = function;
            return this;
        }

        public Builder<T> onWrite(WriteListener<T> told) {
            listener = told;
            return this;
        }

        public Builder<T> warning(String text) {
            warning = text;
            return this;
        }

        /** No new objects may be made. */
        public Builder<T> closed(String why) {
            closedBecause = why;
            return this;
        }

        public ResourceStrategy<T> build() {
            return new ResourceStrategy<>(this);
        }
    }
}
