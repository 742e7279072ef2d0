package io.orchestrator.core.patch.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * A set of paths into an object, as a tree whose steps are written as in {@code fieldsV1}: {@code f:name} for a field or map
 * key, {@code k:{...}} for a list item by its keys, {@code v:...} for an item of a set. Immutable.
 */
final class FieldSet {
    static final FieldSet EMPTY = new FieldSet(false, new TreeMap<>());
    /** The set of just the place itself. */
    static final FieldSet LEAF = new FieldSet(true, new TreeMap<>());

    private static final String SELF = ".";

    private final boolean member;
    private final SortedMap<String, FieldSet> children;

    private FieldSet(boolean member, SortedMap<String, FieldSet> children) {
        this.member = member;
        this.children = Collections.unmodifiableSortedMap(children);
    }

    /** @param member whether the place itself is in the set */
    static FieldSet of(boolean member, Map<String, FieldSet> children) {
        TreeMap<String, FieldSet> kept = new TreeMap<>(children);
        kept.values().removeIf(FieldSet::isEmpty);
        return new FieldSet(member, kept);
    }

    /** Reads {@code fieldsV1}; steps that we do not know are kept. */
    static FieldSet parse(JsonNode fields) {
        TreeMap<String, FieldSet> children = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (!field.getKey().equals(SELF)) {
                JsonNode inner = field.getValue();
                children.put(field.getKey(), inner.isEmpty() ? LEAF : parse(inner));
            }
        }
        return new FieldSet(fields.has(SELF), children);
    }

    ObjectNode toJson() {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        if (member && !children.isEmpty()) {
            fields.putObject(SELF);
        }
        children.forEach((step, child) -> fields.set(step, child.toJson()));
        return fields;
    }

    boolean isMember() {
        return member;
    }

    boolean isEmpty() {
        return !member && children.isEmpty();
    }

    Map<String, FieldSet> children() {
        return children;
    }

    FieldSet child(String step) {
        return children.getOrDefault(step, EMPTY);
    }

    FieldSet union(FieldSet other) {
        TreeMap<String, FieldSet> both = new TreeMap<>(children);
        other.children.forEach((step, child) -> both.merge(step, child, FieldSet::union));
        return new FieldSet(member || other.member, both);
    }

    FieldSet minus(FieldSet other) {
        return stepwise(other, member && !other.member, FieldSet::minus);
    }

    FieldSet intersect(FieldSet other) {
        return stepwise(other, member && other.member, FieldSet::intersect);
    }

    private FieldSet stepwise(FieldSet other, boolean self, BinaryOperator<FieldSet> operation) {
        TreeMap<String, FieldSet> result = new TreeMap<>();
        children.forEach((step, child) -> {
            FieldSet left = operation.apply(child, other.child(step));
            if (!left.isEmpty()) {
                result.put(step, left);
            }
        });
        return new FieldSet(self, result);
    }

    /** Its members as people read them, such as {@code .spec.containers[name="web"].image}. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        collect("", paths);
        return paths;
    }

    private void collect(String prefix, List<String> paths) {
        if (member && !prefix.isEmpty()) {
            paths.add(prefix);
        }
        children.forEach((step, child) -> child.collect(prefix + Steps.readable(step), paths));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet set && member == set.member && children.equals(set.children);
    }

    @Override
    public int hashCode() {
        return children.hashCode() * 2 + Boolean.hashCode(member);
    }

    @Override
    public String toString() {
        return toJson().toString();
    }
}
