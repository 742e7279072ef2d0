package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.model.admissionregistration.MutatingWebhookConfiguration;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicyBinding;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicyStatus;
import io.orchestrator.api.model.admissionregistration.ValidatingWebhookConfiguration;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.defaults.AdmissionDefaults;
import io.orchestrator.core.registry.policy.PolicyValidation;
import io.orchestrator.core.registry.validation.AdmissionPolicyValidation;
import io.orchestrator.core.registry.validation.WebhookValidation;
import java.util.List;

/** Who else is asked before something is stored. */
final class AdmissionKinds {
    private AdmissionKinds() {}

    static List<ResourceStrategy<?>> all() {
        return List.of(mutatingWebhooks(), validatingWebhooks(), policy(), policyBinding());
    }

    private static ResourceStrategy<MutatingWebhookConfiguration> mutatingWebhooks() {
        return ResourceStrategy.of(MutatingWebhookConfiguration.TYPE)
                .validation((configuration, violations) -> {
                    WebhookValidation.mutating(configuration, violations);
                    PolicyValidation.mutating(configuration, violations);
                })
                .defaults(AdmissionDefaults::of)
                .generationOf(MutatingWebhookConfiguration::webhooks)
                .versionRequired()
                .build();
    }

    private static ResourceStrategy<ValidatingWebhookConfiguration> validatingWebhooks() {
        return ResourceStrategy.of(ValidatingWebhookConfiguration.TYPE)
                .validation((configuration, violations) -> {
                    WebhookValidation.validating(configuration, violations);
                    PolicyValidation.validating(configuration, violations);
                })
                .defaults(AdmissionDefaults::of)
                .generationOf(ValidatingWebhookConfiguration::webhooks)
                .versionRequired()
                .build();
    }

    private static ResourceStrategy<ValidatingAdmissionPolicy> policy() {
        return ResourceStrategy.of(ValidatingAdmissionPolicy.TYPE)
                .defaults(AdmissionDefaults::of)
                .validation((policy, violations) -> {
                    AdmissionPolicyValidation.policy(policy, violations);
                    PolicyValidation.check(policy, violations);
                })
                .prepareCreate(policy -> policy.withStatus(ValidatingAdmissionPolicyStatus.EMPTY))
                .status((policy, source) -> policy.withStatus(source.status()))
                .statusKeepsLabels()
                .generationOf(ValidatingAdmissionPolicy::spec)
                .versionRequired()
                .build();
    }

    private static ResourceStrategy<ValidatingAdmissionPolicyBinding> policyBinding() {
        return ResourceStrategy.of(ValidatingAdmissionPolicyBinding.TYPE)
                .validation(AdmissionPolicyValidation::binding)
                .defaults(AdmissionDefaults::of)
                .generationOf(ValidatingAdmissionPolicyBinding::spec)
                .versionRequired()
                .build();
    }
}
