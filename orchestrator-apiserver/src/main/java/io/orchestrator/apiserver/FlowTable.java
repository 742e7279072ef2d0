package io.orchestrator.apiserver;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.flowcontrol.FlowDistinguisherMethod;
import io.orchestrator.api.model.flowcontrol.FlowSchema;
import io.orchestrator.api.model.flowcontrol.LimitedPriorityLevelConfiguration;
import io.orchestrator.api.model.flowcontrol.PriorityLevelConfiguration;
import io.orchestrator.api.model.flowcontrol.QueuingConfiguration;
import io.orchestrator.apiserver.flow.Level;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.core.auth.UserInfo;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which requests belong together and how much they count, as flow schemas and levels of priority say. Immutable. */
final class FlowTable {
    /** Where what no schema matches belongs: at a level that has nothing of its own. */
    private static final String NOWHERE = "unclassified";

    private final List<FlowSchema> schemas;
    private final List<Level> levels;

    private FlowTable(List<FlowSchema> schemas, List<Level> levels) {
        this.schemas = List.copyOf(schemas);
        this.levels = List.copyOf(levels);
    }

    /** A schema whose level there is not counts for nothing. */
    static FlowTable of(Collection<FlowSchema> schemas, Collection<PriorityLevelConfiguration> levels) {
        Set<String> known = new HashSet<>();
        levels.forEach(level -> known.add(name(level)));
        return new FlowTable(
                schemas.stream()
                        .filter(schema -> known.contains(
                                schema.spec().priorityLevelConfiguration().name()))
                        .sorted(Comparator.<FlowSchema>comparingInt(
                                        schema -> schema.spec().matchingPrecedence())
                                .thenComparing(FlowTable::name))
                        .toList(),
                levels.stream().map(FlowTable::level).toList());
    }

    private static String name(Resource object) {
        return object.metadata().name();
    }

    private static Level level(PriorityLevelConfiguration level) {
        LimitedPriorityLevelConfiguration limited = level.spec().limited();
        if (limited == null) {
            return Level.exempt(name(level));
        }
        QueuingConfiguration queuing = limited.limitResponse().queuing();
        int length = queuing == null ? 0 : queuing.queueLengthLimit();
        int waiting = queuing == null ? 0 : (int) Math.min(Integer.MAX_VALUE, (long) length * queuing.queues());
        return new Level(
                name(level),
                false,
                orElse(limited.nominalConcurrencyShares(), 0),
                orElse(limited.lendablePercent(), 0),
                orElse(limited.borrowingLimitPercent(), -1),
                length,
                waiting);
    }

    private static int orElse(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    List<Level> levels() {
        return levels;
    }

    /** What kind of request this is. @param verb as authorizers see it */
    Admittance.Kind kind(UserInfo user, String verb, RequestPath path) {
        for (FlowSchema schema : schemas) {
            if (FlowMatch.matches(schema.spec(), user, verb, path)) {
                return new Admittance.Kind(
                        schema.spec().priorityLevelConfiguration().name(),
                        name(schema) + "/" + distinguisher(schema.spec().distinguisherMethod(), user, path),
                        user.name());
            }
        }
        return new Admittance.Kind(NOWHERE, user.name(), user.name());
    }

    private static String distinguisher(@Nullable FlowDistinguisherMethod method, UserInfo user, RequestPath path) {
        if (method == null) {
            return "";
        }
        return method.type().equals("ByUser")
                ? user.name()
                : path instanceof RequestPath.OfResource resource ? resource.namespace() : "";
    }
}
