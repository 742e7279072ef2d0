package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.model.flowcontrol.FlowSchema;
import io.orchestrator.api.model.flowcontrol.FlowSchemaStatus;
import io.orchestrator.api.model.flowcontrol.PriorityLevelConfiguration;
import io.orchestrator.api.model.flowcontrol.PriorityLevelConfigurationStatus;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.defaults.FlowDefaults;
import io.orchestrator.core.registry.validation.FlowValidation;
import java.util.List;

/** Which requests belong together, and how many are served at a time: followed by the API server. */
final class FlowKinds {
    private FlowKinds() {}

    static List<ResourceStrategy<?>> all() {
        return List.of(level(), schema());
    }

    private static ResourceStrategy<PriorityLevelConfiguration> level() {
        return ResourceStrategy.of(PriorityLevelConfiguration.TYPE)
                .defaults(FlowDefaults::of)
                .validation(FlowValidation::level)
                .prepareCreate(level -> level.withStatus(PriorityLevelConfigurationStatus.EMPTY))
                .status((level, source) -> level.withStatus(source.status()))
                .generationOf(PriorityLevelConfiguration::spec)
                .presets(SuggestedFlows.levels())
                .build();
    }

    private static ResourceStrategy<FlowSchema> schema() {
        return ResourceStrategy.of(FlowSchema.TYPE)
                .defaults(FlowDefaults::of)
                .validation(FlowValidation::schema)
                .prepareCreate(schema -> schema.withStatus(FlowSchemaStatus.EMPTY))
                .status((schema, source) -> schema.withStatus(source.status()))
                .generationOf(FlowSchema::spec)
                .presets(SuggestedFlows.schemas())
                .build();
    }
}
