package io.orchestrator.core.registry.defaults;

import static java.util.Objects.requireNonNullElse;

import io.orchestrator.api.model.flowcontrol.ExemptPriorityLevelConfiguration;
import io.orchestrator.api.model.flowcontrol.FlowSchema;
import io.orchestrator.api.model.flowcontrol.LimitResponse;
import io.orchestrator.api.model.flowcontrol.LimitedPriorityLevelConfiguration;
import io.orchestrator.api.model.flowcontrol.PriorityLevelConfiguration;
import io.orchestrator.api.model.flowcontrol.PriorityLevelConfigurationSpec;
import io.orchestrator.api.model.flowcontrol.QueuingConfiguration;

/** What Kubernetes fills in for flow schemas and levels of priority. */
public final class FlowDefaults {
    private static final int PRECEDENCE = 1000;
    private static final int SHARES = 30;
    private static final int QUEUES = 64;
    private static final int HAND = 8;
    private static final int QUEUE_LENGTH = 50;

    private FlowDefaults() {}

    public static FlowSchema of(FlowSchema schema) {
        return schema.spec().matchingPrecedence() != 0
                ? schema
                : schema.withSpec(schema.spec().withMatchingPrecedence(PRECEDENCE));
    }

    public static PriorityLevelConfiguration of(PriorityLevelConfiguration level) {
        PriorityLevelConfigurationSpec spec = level.spec();
        ExemptPriorityLevelConfiguration exempt = spec.exempt();
        if (spec.type().equals("Exempt")) {
            ExemptPriorityLevelConfiguration given = exempt == null ? ExemptPriorityLevelConfiguration.EMPTY : exempt;
            return level.withSpec(spec.withExempt(new ExemptPriorityLevelConfiguration(
                    requireNonNullElse(given.nominalConcurrencyShares(), 0),
                    requireNonNullElse(given.lendablePercent(), 0))));
        }
        LimitedPriorityLevelConfiguration limited = spec.limited();
        return limited == null
                ? level
                : level.withSpec(spec.withLimited(new LimitedPriorityLevelConfiguration(
                        requireNonNullElse(limited.nominalConcurrencyShares(), SHARES),
                        of(limited.limitResponse()),
                        requireNonNullElse(limited.lendablePercent(), 0),
                        limited.borrowingLimitPercent())));
    }

    private static LimitResponse of(LimitResponse response) {
        QueuingConfiguration queuing = response.queuing();
        if (!response.type().equals("Queue")) {
            return response;
        }
        QueuingConfiguration given = queuing == null ? QueuingConfiguration.EMPTY : queuing;
        return response.withQueuing(new QueuingConfiguration(
                given.queues() == 0 ? QUEUES : given.queues(),
                given.handSize() == 0 ? HAND : given.handSize(),
                given.queueLengthLimit() == 0 ? QUEUE_LENGTH : given.queueLengthLimit()));
    }
}
