package io.orchestrator.core.registry.defaults;

import static java.util.Objects.requireNonNullElse;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.model.admissionregistration.FailurePolicyType;
import io.orchestrator.api.model.admissionregistration.MatchPolicyType;
import io.orchestrator.api.model.admissionregistration.MatchResources;
import io.orchestrator.api.model.admissionregistration.MatchResourcesBuilder;
import io.orchestrator.api.model.admissionregistration.MutatingWebhook;
import io.orchestrator.api.model.admissionregistration.MutatingWebhookBuilder;
import io.orchestrator.api.model.admissionregistration.MutatingWebhookConfiguration;
import io.orchestrator.api.model.admissionregistration.NamedRuleWithOperations;
import io.orchestrator.api.model.admissionregistration.ReinvocationPolicyType;
import io.orchestrator.api.model.admissionregistration.RuleWithOperations;
import io.orchestrator.api.model.admissionregistration.ScopeType;
import io.orchestrator.api.model.admissionregistration.ServiceReference;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicyBinding;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicySpec;
import io.orchestrator.api.model.admissionregistration.ValidatingWebhook;
import io.orchestrator.api.model.admissionregistration.ValidatingWebhookBuilder;
import io.orchestrator.api.model.admissionregistration.ValidatingWebhookConfiguration;
import io.orchestrator.api.model.admissionregistration.WebhookClientConfig;
import org.jspecify.annotations.Nullable;

/** What Kubernetes fills in for webhooks and admission policies. */
public final class AdmissionDefaults {
    private static final int TIMEOUT_SECONDS = 10;
    private static final int HTTPS = 443;

    private AdmissionDefaults() {}

    public static MutatingWebhookConfiguration of(MutatingWebhookConfiguration configuration) {
        return configuration.withWebhooks(Each.of(configuration.webhooks(), AdmissionDefaults::of));
    }

    private static MutatingWebhook of(MutatingWebhook webhook) {
        return MutatingWebhookBuilder.builder(webhook)
                .failurePolicy(requireNonNullElse(webhook.failurePolicy(), FailurePolicyType.FAIL))
                .matchPolicy(requireNonNullElse(webhook.matchPolicy(), MatchPolicyType.EQUIVALENT))
                .namespaceSelector(requireNonNullElse(webhook.namespaceSelector(), LabelSelector.EMPTY))
                .objectSelector(requireNonNullElse(webhook.objectSelector(), LabelSelector.EMPTY))
                .timeoutSeconds(requireNonNullElse(webhook.timeoutSeconds(), TIMEOUT_SECONDS))
                .reinvocationPolicy(requireNonNullElse(webhook.reinvocationPolicy(), ReinvocationPolicyType.NEVER))
                .rules(Each.of(webhook.rules(), AdmissionDefaults::of))
                .clientConfig(of(webhook.clientConfig()))
                .build();
    }

    public static ValidatingWebhookConfiguration of(ValidatingWebhookConfiguration configuration) {
        return configuration.withWebhooks(Each.of(configuration.webhooks(), AdmissionDefaults::of));
    }

    private static ValidatingWebhook of(ValidatingWebhook webhook) {
        return ValidatingWebhookBuilder.builder(webhook)
                .failurePolicy(requireNonNullElse(webhook.failurePolicy(), FailurePolicyType.FAIL))
                .matchPolicy(requireNonNullElse(webhook.matchPolicy(), MatchPolicyType.EQUIVALENT))
                .namespaceSelector(requireNonNullElse(webhook.namespaceSelector(), LabelSelector.EMPTY))
                .objectSelector(requireNonNullElse(webhook.objectSelector(), LabelSelector.EMPTY))
                .timeoutSeconds(requireNonNullElse(webhook.timeoutSeconds(), TIMEOUT_SECONDS))
                .rules(Each.of(webhook.rules(), AdmissionDefaults::of))
                .clientConfig(of(webhook.clientConfig()))
                .build();
    }

    private static WebhookClientConfig of(WebhookClientConfig client) {
        ServiceReference service = client.service();
        return service == null || service.port() != null ? client : client.withService(service.withPort(HTTPS));
    }

    private static RuleWithOperations of(RuleWithOperations rule) {
        return rule.scope() == null ? rule.withScope(ScopeType.ALL_SCOPES) : rule;
    }

    public static ValidatingAdmissionPolicy of(ValidatingAdmissionPolicy policy) {
        ValidatingAdmissionPolicySpec spec = policy.spec();
        return policy.withSpec(spec.withFailurePolicy(requireNonNullElse(spec.failurePolicy(), FailurePolicyType.FAIL))
                .withMatchConstraints(of(spec.matchConstraints())));
    }

    public static ValidatingAdmissionPolicyBinding of(ValidatingAdmissionPolicyBinding binding) {
        return binding.withSpec(
                binding.spec().withMatchResources(of(binding.spec().matchResources())));
    }

    private static @Nullable MatchResources of(@Nullable MatchResources match) {
        return match == null
                ? null
                : MatchResourcesBuilder.builder(match)
                        .matchPolicy(requireNonNullElse(match.matchPolicy(), MatchPolicyType.EQUIVALENT))
                        .namespaceSelector(requireNonNullElse(match.namespaceSelector(), LabelSelector.EMPTY))
                        .objectSelector(requireNonNullElse(match.objectSelector(), LabelSelector.EMPTY))
                        .resourceRules(Each.of(match.resourceRules(), AdmissionDefaults::of))
                        .excludeResourceRules(Each.of(match.excludeResourceRules(), AdmissionDefaults::of))
                        .build();
    }

    private static NamedRuleWithOperations of(NamedRuleWithOperations rule) {
        return rule.scope() == null ? rule.withScope(ScopeType.ALL_SCOPES) : rule;
    }
}
