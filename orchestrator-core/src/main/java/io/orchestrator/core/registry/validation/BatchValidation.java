package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.batch.CompletionMode;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.batch.JobSpec;
import io.orchestrator.api.model.batch.PodFailurePolicyAction;
import io.orchestrator.api.model.batch.PodFailurePolicyOnExitCodesOperator;
import io.orchestrator.api.model.batch.PodFailurePolicyOnExitCodesRequirement;
import io.orchestrator.api.model.batch.PodFailurePolicyRule;
import io.orchestrator.api.model.batch.PodReplacementPolicy;
import io.orchestrator.api.model.batch.SuccessPolicyRule;
import io.orchestrator.api.model.core.RestartPolicy;
import java.util.List;
import java.util.Objects;

/** What must hold of the kinds that run pods to their end. */
public final class BatchValidation {
    private static final Path SPEC = Path.of("spec");

    private BatchValidation() {}

    public static void job(Job job, Violations violations) {
        JobSpec spec = job.spec();
        SelectorValidation.ofWorkload(
                spec.selector(), spec.template().metadata().labels(), "job", SPEC, violations);
        spec(spec, SPEC, violations);
    }

    public static void jobUpdate(Job wanted, Job current, Violations violations) {
        JobSpec next = wanted.spec();
        JobSpec before = current.spec();
        boolean indexed = CompletionMode.INDEXED.equals(before.completionMode());
        boolean elastic = indexed && Objects.equals(next.completions(), next.parallelism());
        if (!elastic) {
            Check.immutable(SPEC.child("completions"), next.completions(), before.completions(), violations);
        }
        Check.immutable(SPEC.child("selector"), next.selector(), before.selector(), violations);
        boolean notBegun =
                Boolean.TRUE.equals(before.suspend()) && current.status().startTime() == null;
        if (!notBegun) {
            Check.immutable(SPEC.child("template"), next.template(), before.template(), violations);
        }
        Check.immutable(SPEC.child("completionMode"), next.completionMode(), before.completionMode(), violations);
        Check.immutable(SPEC.child("podFailurePolicy"), next.podFailurePolicy(), before.podFailurePolicy(), violations);
        Check.immutable(
                SPEC.child("backoffLimitPerIndex"),
                next.backoffLimitPerIndex(),
                before.backoffLimitPerIndex(),
                violations);
        Check.immutable(SPEC.child("successPolicy"), next.successPolicy(), before.successPolicy(), violations);
        Check.immutable(SPEC.child("managedBy"), next.managedBy(), before.managedBy(), violations);
    }

    static void spec(JobSpec spec, Path field, Violations violations) {
        Check.notNegative(field.child("parallelism"), spec.parallelism(), violations);
        Check.notNegative(field.child("completions"), spec.completions(), violations);
        Check.notNegative(field.child("activeDeadlineSeconds"), spec.activeDeadlineSeconds(), violations);
        Check.notNegative(field.child("backoffLimit"), spec.backoffLimit(), violations);
        Check.notNegative(field.child("ttlSecondsAfterFinished"), spec.ttlSecondsAfterFinished(), violations);
        Check.notNegative(field.child("backoffLimitPerIndex"), spec.backoffLimitPerIndex(), violations);
        Check.notNegative(field.child("maxFailedIndexes"), spec.maxFailedIndexes(), violations);
        Path template = field.child("template");
        PodValidation.template(spec.template(), template, violations);
        String restart = spec.template().spec().restartPolicy();
        violations.oneOf(
                template.child("spec").child("restartPolicy"),
                restart,
                List.of(RestartPolicy.ON_FAILURE, RestartPolicy.NEVER));
        String policy = spec.podReplacementPolicy();
        if (policy != null) {
            violations.oneOf(
                    field.child("podReplacementPolicy"),
                    policy,
                    spec.podFailurePolicy() == null
                            ? List.of(PodReplacementPolicy.FAILED, PodReplacementPolicy.TERMINATING_OR_FAILED)
                            : List.of(PodReplacementPolicy.FAILED));
        }
        mode(spec, field, violations);
        if (spec.podFailurePolicy() != null) {
            if (!RestartPolicy.NEVER.equals(restart)) {
                violations.invalid(
                        template.child("spec").child("restartPolicy"),
                        restart,
                        "only \"Never\" is supported when podFailurePolicy is specified");
            }
            rules(spec, field.child("podFailurePolicy").child("rules"), violations);
        }
    }

    private static void mode(JobSpec spec, Path field, Violations violations) {
        String mode = spec.completionMode();
        if (mode != null) {
            violations.oneOf(
                    field.child("completionMode"), mode, List.of(CompletionMode.NON_INDEXED, CompletionMode.INDEXED));
        }
        boolean indexed = CompletionMode.INDEXED.equals(mode);
        if (indexed && spec.completions() == null) {
            violations.required(field.child("completions"), "when completion mode is Indexed");
        }
        if (!indexed && spec.backoffLimitPerIndex() != null) {
            violations.invalid(
                    field.child("backoffLimitPerIndex"),
                    spec.backoffLimitPerIndex(),
                    "requires indexed completion mode");
        }
        if (spec.maxFailedIndexes() != null && spec.backoffLimitPerIndex() == null) {
            violations.required(field.child("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
        }
        if (spec.successPolicy() != null) {
            Path policy = field.child("successPolicy");
            if (!indexed) {
                violations.invalid(policy, "", "requires indexed completion mode");
            }
            List<SuccessPolicyRule> rules = spec.successPolicy().rules();
            if (rules.isEmpty()) {
                violations.required(
                        policy.child("rules"),
                        "at least one rules must be specified when the successPolicy is specified");
            }
            for (int i = 0; i < rules.size(); i++) {
                if (rules.get(i).succeededCount() == null && rules.get(i).succeededIndexes() == null) {
                    violations.required(
                            policy.child("rules").index(i),
                            "at least one of succeededCount or succeededIndexes must be specified");
                }
            }
        }
    }

    private static void rules(JobSpec spec, Path field, Violations violations) {
        List<PodFailurePolicyRule> rules = spec.podFailurePolicy() == null
                ? List.of()
                : spec.podFailurePolicy().rules();
        for (int i = 0; i < rules.size(); i++) {
            PodFailurePolicyRule rule = rules.get(i);
            Path at = field.index(i);
            violations.oneOf(
                    at.child("action"),
                    rule.action(),
                    List.of(
                            PodFailurePolicyAction.COUNT,
                            PodFailurePolicyAction.FAIL_INDEX,
                            PodFailurePolicyAction.FAIL_JOB,
                            PodFailurePolicyAction.IGNORE));
            if (rule.action().equals(PodFailurePolicyAction.FAIL_INDEX) && spec.backoffLimitPerIndex() == null) {
                violations.invalid(at.child("action"), rule.action(), "requires the backoffLimitPerIndex to be set");
            }
            PodFailurePolicyOnExitCodesRequirement codes = rule.onExitCodes();
            if ((codes == null) == rule.onPodConditions().isEmpty()) {
                violations.invalid(at, "", "specifying one of OnExitCodes and OnPodConditions is required");
            }
            if (codes != null) {
                violations.oneOf(
                        at.child("onExitCodes").child("operator"),
                        codes.operator(),
                        List.of(PodFailurePolicyOnExitCodesOperator.IN, PodFailurePolicyOnExitCodesOperator.NOT_IN));
                if (codes.values().isEmpty()) {
                    violations.invalid(
                            at.child("onExitCodes").child("values"), codes.values(), "at least one value is required");
                }
            }
        }
    }
}
