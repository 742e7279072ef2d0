package io.orchestrator.core.schema;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionCondition;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionNames;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which names a definition may have beside the others of its group, and what its conditions say of that. Pure functions: all
 * who look at the same definitions come to the same end.
 */
public final class DefinitionNames {
    public static final String NAMES_ACCEPTED = "NamesAccepted";
    public static final String ESTABLISHED = "Established";
    public static final String TERMINATING = "Terminating";

    private final Set<String> resources = new HashSet<>();
    private final Set<String> kinds = new HashSet<>();
    private String reason = "";
    private String message = "";

    private DefinitionNames(CustomResourceDefinition definition, Collection<CustomResourceDefinition> all) {
        for (CustomResourceDefinition other : all) {
            boolean rival = other.spec().group().equals(definition.spec().group())
                    && !other.metadata().name().equals(definition.metadata().name());
            if (rival) {
                CustomResourceDefinitionNames names = other.status().acceptedNames();
                resources.add(names.plural());
                resources.add(names.singular());
                resources.addAll(names.shortNames());
                kinds.add(names.kind());
                kinds.add(names.listKind());
            }
        }
        resources.remove("");
        kinds.remove("");
    }

    /**
     * The status of a definition, with the names that it gets.
     *
     * @param all the definitions that there are; the definition itself does not matter among them
     */
    public static CustomResourceDefinitionStatus judge(
            CustomResourceDefinition definition, Collection<CustomResourceDefinition> all, Instant now) {
        DefinitionNames names = new DefinitionNames(definition, all);
        CustomResourceDefinitionNames accepted =
                names.accepted(definition.spec().names(), definition.status().acceptedNames());
        boolean well = names.reason.isEmpty();
        List<CustomResourceDefinitionCondition> conditions =
                new ArrayList<>(definition.status().conditions());
        set(
                conditions,
                NAMES_ACCEPTED,
                well,
                well ? "NoConflicts" : names.reason,
                well ? "no conflicts found" : names.message,
                now);
        // Once it is served, objects depend on it: later names that conflict do not end that.
        if (!isTrue(definition, ESTABLISHED)) {
            set(
                    conditions,
                    ESTABLISHED,
                    well,
                    well ? "InitialNamesAccepted" : "NotAccepted",
                    well ? "the initial names have been accepted" : "not all names are accepted",
                    now);
        }
        return definition.status().with(status -> status.acceptedNames(accepted).conditions(conditions));
    }

    /** Whether the condition is there and true. */
    public static boolean isTrue(CustomResourceDefinition definition, String condition) {
        return definition.status().conditions().stream()
                .anyMatch(each -> each.type().equals(condition) && each.status().equals("True"));
    }

    /** Sets a condition; its time moves only when it turns. */
    public static void set(
            List<CustomResourceDefinitionCondition> conditions,
            String type,
            boolean holds,
            String reason,
            String message,
            Instant now) {
        String status = holds ? "True" : "False";
        Optional<CustomResourceDefinitionCondition> before =
                conditions.stream().filter(each -> each.type().equals(type)).findFirst();
        Time since = before.filter(each -> each.status().equals(status))
                .map(CustomResourceDefinitionCondition::lastTransitionTime)
                .orElse(Time.of(now));
        CustomResourceDefinitionCondition condition =
                new CustomResourceDefinitionCondition(type, status, since, reason, message);
        before.ifPresentOrElse(
                each -> conditions.set(conditions.indexOf(each), condition), () -> conditions.add(condition));
    }

    private CustomResourceDefinitionNames accepted(
            CustomResourceDefinitionNames wanted, CustomResourceDefinitionNames before) {
        String plural = choose(wanted.plural(), before.plural(), resources, "PluralConflict");
        String singular = choose(wanted.singular(), before.singular(), resources, "SingularConflict");
        List<String> shortNames = wanted.shortNames();
        for (String name : wanted.shortNames()) {
            if (resources.contains(name)) {
                conflict("ShortNamesConflict", name);
                shortNames = before.shortNames();
            }
        }
        String kind = choose(wanted.kind(), before.kind(), kinds, "KindConflict");
        String listKind = choose(wanted.listKind(), before.listKind(), kinds, "ListKindConflict");
        return new CustomResourceDefinitionNames(plural, singular, shortNames, kind, listKind, wanted.categories());
    }

    private String choose(String wanted, String before, Set<String> taken, String conflict) {
        if (taken.contains(wanted)) {
            conflict(conflict, wanted);
            return before;
        }
        return wanted;
    }

    private void conflict(String why, String name) {
        reason = why;
        message = (message.isEmpty() ? "" : message + ", ") + "\"" + name + "\" is already in use";
    }
}
