package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("A webhook that may change and refuse requests.")
@RecordBuilder
public record MutatingWebhook(
        @Field(value = "The name, which is that of a domain.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "How the webhook is reached.", tag = 2, required = true)
        WebhookClientConfig clientConfig,

        @Field(value = "The requests that are meant.", tag = 3, listType = ListType.ATOMIC)
        List<RuleWithOperations> rules,

        @Field(
                value = "What a failure to ask means for the request.",
                tag = 4,
                enumValues = {FailurePolicyType.IGNORE, FailurePolicyType.FAIL})
        @Nullable
        String failurePolicy,

        @Field(
                value = "Whether a request in an equivalent version is meant, too.",
                tag = 9,
                enumValues = {MatchPolicyType.EXACT, MatchPolicyType.EQUIVALENT})
        @Nullable
        String matchPolicy,

        @Field(value = "The namespaces that are meant, by their labels.", tag = 5) @Nullable
        LabelSelector namespaceSelector,

        @Field(value = "The objects that are meant, by their labels.", tag = 11) @Nullable
        LabelSelector objectSelector,

        @Field(
                value = "What else the answer may have changed.",
                tag = 6,
                required = true,
                enumValues = {
                    SideEffectClass.UNKNOWN,
                    SideEffectClass.NONE,
                    SideEffectClass.SOME,
                    SideEffectClass.NONE_ON_DRY_RUN
                })
        @Nullable
        String sideEffects,

        @Field(value = "How long an answer may take.", tag = 7) @Nullable
        Integer timeoutSeconds,

        @Field(
                value = "The versions of the review that the webhook understands, the preferred first.",
                tag = 8,
                required = true,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        List<String> admissionReviewVersions,

        @Field(
                value = "Whether it is asked again when others changed the object after it.",
                tag = 10,
                enumValues = {ReinvocationPolicyType.NEVER, ReinvocationPolicyType.IF_NEEDED})
        @Nullable
        String reinvocationPolicy,

        @Field(
                value = "Conditions in CEL that must all hold for a request to be meant.",
                tag = 12,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<MatchCondition> matchConditions)
        implements MutatingWebhookBuilder.With {
    public static final MutatingWebhook EMPTY = MutatingWebhookBuilder.builder().build();

    public MutatingWebhook {
        name = Fields.text(name);
        clientConfig = Fields.orElse(clientConfig, WebhookClientConfig.EMPTY);
        rules = Fields.list(rules);
        admissionReviewVersions = Fields.list(admissionReviewVersions);
        matchConditions = Fields.list(matchConditions);
    }
}
