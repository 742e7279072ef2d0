package io.orchestrator.core.control.job;

import io.orchestrator.api.model.batch.JobConditionType;
import io.orchestrator.api.model.batch.SuccessPolicy;
import io.orchestrator.api.model.batch.SuccessPolicyRule;
import io.orchestrator.api.model.core.RestartPolicy;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a job ends, once that is decided.
 *
 * @param success whether it has done its work
 */
record Ending(boolean success, String reason, String message) {

    /** The condition that is set at once, before the last pods are gone. */
    String announced() {
        return success ? JobConditionType.SUCCESS_CRITERIA_MET : JobConditionType.FAILURE_TARGET;
    }

    /** The condition of a job that has ended. */
    String finished() {
        return success ? JobConditionType.COMPLETE : JobConditionType.FAILED;
    }

    /** What was decided before stands; else the first that applies. */
    static Optional<Ending> of(JobState state, Tally tally) {
        return announced(state)
                .or(() -> byFailureRule(state))
                .or(() -> byLimits(state, tally))
                .or(() -> byIndexes(state, tally))
                .or(() -> bySuccessPolicy(state, tally))
                .or(() -> byCompletions(state, tally));
    }

    /** How long the job may still run; empty without a deadline. */
    static Optional<Duration> timeLeft(JobState state) {
        Long seconds = state.spec().activeDeadlineSeconds();
        if (seconds == null || state.isSuspended() || state.status().startTime() == null) {
            return Optional.empty();
        }
        // What is about to be resumed starts now.
        Instant started =
                state.isResumed() ? state.now() : state.status().startTime().instant();
        Instant deadline = started.plusSeconds(seconds);
        return Optional.of(deadline.isAfter(state.now()) ? Duration.between(state.now(), deadline) : Duration.ZERO);
    }

    private static Optional<Ending> announced(JobState state) {
        return state.status().conditions().stream()
                .filter(condition -> state.has(condition.type()))
                .filter(condition -> condition.type().equals(JobConditionType.SUCCESS_CRITERIA_MET)
                        || condition.type().equals(JobConditionType.FAILURE_TARGET))
                .findFirst()
                .map(condition -> new Ending(
                        condition.type().equals(JobConditionType.SUCCESS_CRITERIA_MET),
                        condition.reason(),
                        condition.message()));
    }

    private static Optional<Ending> byFailureRule(JobState state) {
        return state.pods().stream()
                .filter(JobPods::isTracked)
                .filter(state::isFailed)
                .map(state::consequence)
                .filter(FailureRules.Consequence::failsJob)
                .findFirst()
                .map(consequence -> failure("PodFailurePolicy", consequence.message()));
    }

    private static Optional<Ending> byLimits(JobState state, Tally tally) {
        int limit = Objects.requireNonNullElse(state.spec().backoffLimit(), state.isPerIndex() ? Integer.MAX_VALUE : 6);
        if (tally.failed() > limit || restartsExceed(state, limit)) {
            return Optional.of(failure("BackoffLimitExceeded", "Job has reached the specified backoff limit"));
        }
        return timeLeft(state)
                .filter(Duration::isZero)
                .map(none -> failure("DeadlineExceeded", "Job was active longer than specified deadline"));
    }

    private static boolean restartsExceed(JobState state, int limit) {
        String policy = state.spec().template().spec().restartPolicy();
        if (!RestartPolicy.ON_FAILURE.equals(policy)) {
            return false;
        }
        int restarts = state.pods().stream()
                .filter(pod -> !PodFacts.hasEnded(pod))
                .mapToInt(JobPods::restarts)
                .sum();
        return limit == 0 ? restarts > 0 : restarts >= limit;
    }

    private static Optional<Ending> byIndexes(JobState state, Tally tally) {
        if (!state.isPerIndex()) {
            return Optional.empty();
        }
        int failed = tally.failedIndexes().size();
        Integer most = state.spec().maxFailedIndexes();
        if (most != null && failed > most) {
            return Optional.of(failure(
                    "MaxFailedIndexesExceeded", "Job has exceeded the specified maximal number of failed indexes"));
        }
        return failed > 0 && failed + tally.completed().size() >= state.indexes()
                ? Optional.of(failure("FailedIndexes", "Job has failed indexes"))
                : Optional.empty();
    }

    private static Optional<Ending> bySuccessPolicy(JobState state, Tally tally) {
        SuccessPolicy policy = state.spec().successPolicy();
        if (policy == null || !state.isIndexed()) {
            return Optional.empty();
        }
        List<SuccessPolicyRule> rules = policy.rules();
        for (int i = 0; i < rules.size(); i++) {
            if (isMet(rules.get(i), state, tally)) {
                return Optional.of(new Ending(true, "SuccessPolicy", "Matched rules at index " + i));
            }
        }
        return Optional.empty();
    }

    private static boolean isMet(SuccessPolicyRule rule, JobState state, Tally tally) {
        Integer count = rule.succeededCount();
        if (rule.succeededIndexes() == null) {
            return count != null && tally.completed().size() >= count;
        }
        Indexes wanted = Indexes.parse(rule.succeededIndexes(), state.indexes());
        return wanted.common(tally.completed()) >= (count == null ? wanted.size() : count);
    }

    private static Optional<Ending> byCompletions(JobState state, Tally tally) {
        Integer completions = state.spec().completions();
        boolean complete = completions == null
                ? tally.succeeded() > 0 && state.active().isEmpty()
                : tally.succeeded() >= completions;
        return complete
                ? Optional.of(new Ending(true, "CompletionsReached", "Reached expected number of succeeded pods"))
                : Optional.empty();
    }

    private static Ending failure(String reason, String message) {
        return new Ending(false, reason, message);
    }
}
