package io.orchestrator.core.registry;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.codec.Decoded;
import io.orchestrator.core.codec.TypeMeta;
import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.core.schema.StructuralSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts a strategy together. What is not set does nothing. Confined to one thread. */
public final class ResourceStrategyBuilder<T extends Resource> {
    final ResourceType<T> type;
    Function<String, List<String>> nameCheck = Names::dnsSubdomain;
    UnaryOperator<T> defaults = UnaryOperator.identity();
    UnaryOperator<T> prepareCreate = UnaryOperator.identity();
    BinaryOperator<T> prepareUpdate = (wanted, current) -> wanted;
    BinaryOperator<T> admitted = (before, after) -> after;
    BinaryOperator<T> unchanged = (wanted, current) -> wanted;
    BiConsumer<T, Violations> validation = (object, violations) -> {};
    ResourceStrategy.Judgement<T> judgement = (wanted, current, violations) -> {};
    ResourceStrategy.UpdateValidation<T> updateValidation = (wanted, current, violations) -> {};

    @Nullable
    BinaryOperator<T> status;

    ResourceStrategy.UpdateValidation<T> statusValidation = (wanted, current, violations) -> {};

    @Nullable
    Function<T, @Nullable Object> spec;

    final Map<String, Function<T, String>> fields = new LinkedHashMap<>();
    String triggerField = "";
    Function<T, Long> grace = object -> 0L;
    Function<T, Boolean> finalized = object -> true;
    UnaryOperator<T> deleting = UnaryOperator.identity();
    Allocation<T> allocation = Allocation.none();
    boolean statusTakesLabels = true;
    boolean createOnUpdate;
    boolean versionRequired;
    boolean deletesMany = true;
    final Map<String, Subresource<T, ?>> subresources = new LinkedHashMap<>();
    List<TableColumn<T>> columns = List.of();
    List<T> presets = List.of();

    @Nullable
    StructuralSchema structure;

    Function<T, Decoded<T>> conformity = object -> new Decoded<>(object, TypeMeta.NONE, List.of());
    UnaryOperator<T> stored = UnaryOperator.identity();
    UnaryOperator<T> storing = UnaryOperator.identity();
    ResourceStrategy.WriteListener<T> listener = (object, removed) -> {};
    String warning = "";
    String closedBecause = "";

    ResourceStrategyBuilder(ResourceType<T> type) {
        this.type = type;
    }

    /** An RFC 1123 subdomain unless said otherwise. */
    public ResourceStrategyBuilder<T> names(Function<String, List<String>> check) {
        nameCheck = check;
        return this;
    }

    public ResourceStrategyBuilder<T> defaults(UnaryOperator<T> function) {
        defaults = function;
        return this;
    }

    /** Last changes before a new object is validated; status is dropped without it. */
    public ResourceStrategyBuilder<T> prepareCreate(UnaryOperator<T> function) {
        prepareCreate = function;
        return this;
    }

    /** Takes over from the current object what an update may not touch; status and metadata are dealt with without it. */
    public ResourceStrategyBuilder<T> prepareUpdate(BinaryOperator<T> function) {
        prepareUpdate = function;
        return this;
    }

    /** Has new objects share what admission made of the same before: an equal object, from before admission and from behind it. */
    public ResourceStrategyBuilder<T> admitted(BinaryOperator<T> function) {
        admitted = function;
        return this;
    }

    /** Has updates share what they leave as it is: an equal object, from what is wanted and what stands there. */
    public ResourceStrategyBuilder<T> unchanged(BinaryOperator<T> function) {
        unchanged = function;
        return this;
    }

    /** What must hold of a new object and of an updated one alike. */
    public ResourceStrategyBuilder<T> validation(BiConsumer<T, Violations> function) {
        validation = function;
        return this;
    }

    /** As {@link #validation}, for what depends on the state before. */
    public ResourceStrategyBuilder<T> judgement(ResourceStrategy.Judgement<T> function) {
        judgement = function;
        return this;
    }

    /** What may not change. */
    public ResourceStrategyBuilder<T> updateValidation(ResourceStrategy.UpdateValidation<T> function) {
        updateValidation = function;
        return this;
    }

    /** Gives the kind a status subresource. @param copy the first with the status of the second */
    public ResourceStrategyBuilder<T> status(BinaryOperator<T> copy) {
        status = copy;
        return this;
    }

    public ResourceStrategyBuilder<T> statusValidation(ResourceStrategy.UpdateValidation<T> function) {
        statusValidation = function;
        return this;
    }

    /** Counts generations: a change of this part raises it. */
    public ResourceStrategyBuilder<T> generationOf(Function<T, @Nullable Object> part) {
        spec = part;
        return this;
    }

    public ResourceStrategyBuilder<T> field(String name, Function<T, String> getter) {
        fields.put(name, getter);
        return this;
    }

    /** A selectable field by which watchers are sorted as well. */
    public ResourceStrategyBuilder<T> triggerField(String name, Function<T, String> getter) {
        triggerField = name;
        return field(name, getter);
    }

    public ResourceStrategyBuilder<T> graceSeconds(Function<T, Long> function) {
        grace = function;
        return this;
    }

    public ResourceStrategyBuilder<T> finalizedWhen(Function<T, Boolean> function) {
        finalized = function;
        return this;
    }

    /** What else changes when a deletion begins. */
    public ResourceStrategyBuilder<T> markDeleting(UnaryOperator<T> function) {
        deleting = function;
        return this;
    }

    /** What objects of this kind hold of a shared range. */
    public ResourceStrategyBuilder<T> allocation(Allocation<T> source) {
        allocation = source;
        return this;
    }

    /** A write of the status leaves labels as they are. */
    public ResourceStrategyBuilder<T> statusKeepsLabels() {
        statusTakesLabels = false;
        return this;
    }

    /** An update of what does not exist creates it. */
    public ResourceStrategyBuilder<T> createOnUpdate() {
        createOnUpdate = true;
        return this;
    }

    /** An update must name the version that it replaces. */
    public ResourceStrategyBuilder<T> versionRequired() {
        versionRequired = true;
        return this;
    }

    /** Objects are deleted one by one only. */
    public ResourceStrategyBuilder<T> deletedSingly() {
        deletesMany = false;
        return this;
    }

    public ResourceStrategyBuilder<T> subresource(Subresource<T, ?> subresource) {
        subresources.put(subresource.name(), subresource);
        return this;
    }

    public ResourceStrategyBuilder<T> columns(List<TableColumn<T>> columns) {
        this.columns = columns;
        return this;
    }

    /** The objects that every cluster has from its start; they may be changed and deleted like others. */
    public ResourceStrategyBuilder<T> presets(List<T> objects) {
        presets = objects;
        return this;
    }

    /** The schema of a custom resource. */
    public ResourceStrategyBuilder<T> structure(StructuralSchema schema) {
        structure = schema;
        return this;
    }

    /** Takes away what the kind does not know, where decoding has not done it already. */
    public ResourceStrategyBuilder<T> conforming(Function<T, Decoded<T>> function) {
        conformity = function;
        return this;
    }

    /** Brings objects of the store into this version's form; returns the very object where nothing is to be done. */
    public ResourceStrategyBuilder<T> fromStore(UnaryOperator<T> function) {
        stored = function;
        return this;
    }

    /** Brings objects into the version in which they are stored; returns the very object where nothing is to be done. */
    public ResourceStrategyBuilder<T> toStore(UnaryOperator<T> function) {
        storing = function;
        return this;
    }

    public ResourceStrategyBuilder<T> onWrite(ResourceStrategy.WriteListener<T> told) {
        listener = told;
        return this;
    }

    public ResourceStrategyBuilder<T> warning(String text) {
        warning = text;
        return this;
    }

    /** No new objects may be made. */
    public ResourceStrategyBuilder<T> closed(String why) {
        closedBecause = why;
        return this;
    }

    public ResourceStrategy<T> build() {
        return new ResourceStrategy<>(this);
    }
}
