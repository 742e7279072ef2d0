package io.orchestrator.core.registry.webhook;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.model.admissionregistration.FailurePolicyType;
import io.orchestrator.api.model.admissionregistration.MatchCondition;
import io.orchestrator.api.model.admissionregistration.MatchPolicyType;
import io.orchestrator.api.model.admissionregistration.MutatingWebhook;
import io.orchestrator.api.model.admissionregistration.MutatingWebhookConfiguration;
import io.orchestrator.api.model.admissionregistration.ReinvocationPolicyType;
import io.orchestrator.api.model.admissionregistration.RuleWithOperations;
import io.orchestrator.api.model.admissionregistration.SideEffectClass;
import io.orchestrator.api.model.admissionregistration.ValidatingWebhook;
import io.orchestrator.api.model.admissionregistration.ValidatingWebhookConfiguration;
import io.orchestrator.core.registry.policy.RequestConditions;
import io.orchestrator.core.registry.webhook.ReviewTransport.Endpoint;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as requests need it, mutating or validating, with its conditions compiled.
 *
 * @param fails whether the request fails when the webhook cannot be asked
 * @param equivalent whether requests in other versions of its resources are meant
 * @param pure whether asking it has no effects, at least in a dry run
 * @param again whether it is asked once more when others changed the object after it
 */
record Hook(
        String name,
        Endpoint endpoint,
        List<RuleWithOperations> rules,
        boolean fails,
        boolean equivalent,
        @Nullable LabelSelector namespaces,
        @Nullable LabelSelector objects,
        boolean pure,
        Duration timeout,
        boolean again,
        RequestConditions conditions) {
    private static final int TIMEOUT_SECONDS = 10;

    /** All webhooks of these configurations in the order in which they are asked: by configuration's name, then as listed. */
    static List<Hook> mutating(
            List<MutatingWebhookConfiguration> configurations,
            Function<List<MatchCondition>, RequestConditions> compiler) {
        return configurations.stream()
                .sorted(Comparator.comparing(each -> each.metadata().name()))
                .flatMap(each -> each.webhooks().stream().map(webhook -> of(webhook, compiler)))
                .toList();
    }

    static List<Hook> validating(
            List<ValidatingWebhookConfiguration> configurations,
            Function<List<MatchCondition>, RequestConditions> compiler) {
        Stream<ValidatingWebhookConfiguration> sorted = configurations.stream()
                .sorted(Comparator.comparing(each -> each.metadata().name()));
        return sorted.flatMap(each -> each.webhooks().stream().map(webhook -> of(webhook, compiler)))
                .toList();
    }

    private static Hook of(MutatingWebhook webhook, Function<List<MatchCondition>, RequestConditions> compiler) {
        return new Hook(
                webhook.name(),
                Endpoint.of(webhook.clientConfig()),
                webhook.rules(),
                fails(webhook.failurePolicy()),
                equivalent(webhook.matchPolicy()),
                webhook.namespaceSelector(),
                webhook.objectSelector(),
                pure(webhook.sideEffects()),
                timeout(webhook.timeoutSeconds()),
                ReinvocationPolicyType.IF_NEEDED.equals(webhook.reinvocationPolicy()),
                compiler.apply(webhook.matchConditions()));
    }

    private static Hook of(ValidatingWebhook webhook, Function<List<MatchCondition>, RequestConditions> compiler) {
        return new Hook(
                webhook.name(),
                Endpoint.of(webhook.clientConfig()),
                webhook.rules(),
                fails(webhook.failurePolicy()),
                equivalent(webhook.matchPolicy()),
                webhook.namespaceSelector(),
                webhook.objectSelector(),
                pure(webhook.sideEffects()),
                timeout(webhook.timeoutSeconds()),
                false,
                compiler.apply(webhook.matchConditions()));
    }

    private static boolean fails(@Nullable String policy) {
        return !FailurePolicyType.IGNORE.equals(policy);
    }

    private static boolean equivalent(@Nullable String policy) {
        return !MatchPolicyType.EXACT.equals(policy);
    }

    private static boolean pure(@Nullable String effects) {
        return SideEffectClass.NONE.equals(effects) || SideEffectClass.NONE_ON_DRY_RUN.equals(effects);
    }

    private static Duration timeout(@Nullable Integer seconds) {
        return Duration.ofSeconds(Objects.requireNonNullElse(seconds, TIMEOUT_SECONDS));
    }
}
