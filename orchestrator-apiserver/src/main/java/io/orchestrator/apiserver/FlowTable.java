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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which requests belong together and how much they count, as flow schemas and levels of priority say. Immutable. */
final class FlowTable {
    /** Where what no schema matches belongs: at a level that has nothing of its own. */
    private static final String NOWHERE = "unclassified";

    private final List<FlowSchema> schemas;
    private final List<Level> levels;
    private final Map<String, String> uids;

    /** @param uids of the levels by their names */
    private FlowTable(List<FlowSchema> schemas, List<Level> levels, Map<String, String> uids) {
        this.schemas = List.copyOf(schemas);
        this.levels = List.copyOf(levels);
        this.uids = Map.copyOf(uids);
    }

    /** A schema whose level there is not counts for nothing. */
    static FlowTable of(Collection<FlowSchema> schemas, Collection<PriorityLevelConfiguration> levels) {
        Map<String, String> known = new HashMap<>();
        levels.forEach(level -> known.put(name(level), level.metadata().uid()));
        return new FlowTable(
                schemas.stream()
                        .filter(schema -> known.containsKey(
                                schema.spec().priorityLevelConfiguration().name()))
                        .sorted(Comparator.<FlowSchema>comparingInt(
                                        schema -> schema.spec().matchingPrecedence())
                                .thenComparing(FlowTable::name))
                        .toList(),
                levels.stream().map(FlowTable::level).toList(),
                known);
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
                String level = schema.spec().priorityLevelConfiguration().name();
                return new Admittance.Kind(
                        level,
                        name(schema) + "/" + distinguisher(schema.spec().distinguisherMethod(), user, path),
                        user.name(),
                        schema.metadata().uid(),
                        uids.getOrDefault(level, ""));
            }
        }
        return new Admittance.Kind(NOWHERE, user.name(), user.name(), "", "");
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
