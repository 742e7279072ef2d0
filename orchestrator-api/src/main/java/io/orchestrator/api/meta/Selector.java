package io.orchestrator.api.meta;

import io.orchestrator.api.meta.Requirement.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses objects by their labels. All requirements must hold; without any, everything matches. Immutable; make one from a
 * {@link LabelSelector} once and keep it where many objects are tested.
 */
public final class Selector {
    private static final Selector EVERYTHING = new Selector(List.of(), false);
    private static final Selector NOTHING = new Selector(List.of(), true);

    private final List<Requirement> requirements;
    private final boolean nothing;

    private Selector(List<Requirement> requirements, boolean nothing) {
        this.requirements = requirements;
        this.nothing = nothing;
    }

    public static Selector everything() {
        return EVERYTHING;
    }

    public static Selector nothing() {
        return NOTHING;
    }

    public static Selector of(List<Requirement> requirements) {
        if (requirements.isEmpty()) {
            return EVERYTHING;
        }
        List<Requirement> sorted = new ArrayList<>(requirements);
        sorted.sort(Comparator.comparing(Requirement::key));
        return new Selector(List.copyOf(sorted), false);
    }

    /** Every label must be there with that value; an empty map matches everything. */
    public static Selector of(Map<String, String> labels) {
        return of(labels.entrySet().stream()
                .map(label -> new Requirement(label.getKey(), Operator.EQUALS, List.of(label.getValue())))
                .collect(Collectors.toList()));
    }

    /**
     * An absent selector matches nothing, an empty one everything.
     *
     * @throws IllegalArgumentException if an operator is unknown or does not suit its values
     */
    public static Selector of(@Nullable LabelSelector selector) {
        if (selector == null) {
            return NOTHING;
        }
        List<Requirement> all = new ArrayList<>();
        selector.matchLabels().forEach((key, value) -> all.add(new Requirement(key, Operator.EQUALS, List.of(value))));
        for (LabelSelectorRequirement expression : selector.matchExpressions()) {
            all.add(new Requirement(expression.key(), operator(expression.operator()), expression.values()));
        }
        return of(all);
    }

    private static Operator operator(String name) {
        return switch (name) {
            case LabelSelectorOperator.IN -> Operator.IN;
            case LabelSelectorOperator.NOT_IN -> Operator.NOT_IN;
            case LabelSelectorOperator.EXISTS -> Operator.EXISTS;
            case LabelSelectorOperator.DOES_NOT_EXIST -> Operator.DOES_NOT_EXIST;
            default -> throw new IllegalArgumentException("\"" + name + "\" is not a valid label selector operator");
        };
    }

    /**
     * Reads a query such as {@code a=b,c!=d,e in (x,y),!f,g}.
     *
     * @throws IllegalArgumentException if the text is not a selector
     */
    public static Selector parse(String text) {
        return of(new SelectorParser(text).parse());
    }

    public boolean matches(Map<String, String> labels) {
        if (nothing) {
            return false;
        }
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    public boolean matches(Resource resource) {
        return matches(resource.metadata().labels());
    }

    /** Whether it lets everything through. */
    public boolean isEmpty() {
        return !nothing && requirements.isEmpty();
    }

    /** Sorted by key. */
    public List<Requirement> requirements() {
        return requirements;
    }

    /** The one value that the label must have, if the selector is so strict; for looking objects up instead of testing them all. */
    public Optional<String> exactValueOf(String key) {
        return requirements.stream()
                .filter(requirement -> requirement.key().equals(key))
                .findFirst()
                .filter(requirement -> switch (requirement.operator()) {
                    case IN, EQUALS, DOUBLE_EQUALS -> requirement.values().size() == 1;
                    default -> false;
                })
                .map(requirement -> requirement.values().get(0));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selector selector
                && nothing == selector.nothing
                && requirements.equals(selector.requirements);
    }

    @Override
    public int hashCode() {
        return requirements.hashCode() * 2 + (nothing ? 1 : 0);
    }

    /** The form of a query, sorted by key. */
    @Override
    public String toString() {
        return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
    }
}
