package io.orchestrator.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Evictions leave a budget's pods where they must be. How many are left is only theirs to answer for where nothing else took
 * pods away shortly before, as a budget is counted by a controller that may see late.
 */
final class BudgetRule implements PodBook.Rule {
    private static final Duration SEEN_BY_THEN = Duration.ofMinutes(15);

    private final Supplier<Duration> elapsed;
    private final Set<String> evicted = new HashSet<>();
    private final Map<App, Duration> disturbed = new HashMap<>();

    BudgetRule(Supplier<Duration> elapsed) {
        this.elapsed = elapsed;
    }

    /** Something but an eviction changes how many pods there are or must be. */
    void disturbed(App app) {
        disturbed.put(app, elapsed.get());
    }

    @Override
    public void changed(@Nullable Pod before, @Nullable Pod after) {
        if (before != null && isHealthy(before) && (after == null || !isHealthy(after))) {
            if (!evicted.contains(before.metadata().uid())) {
                disturbed(App.of(before));
            }
        }
    }

    /** An eviction is about to be asked for. */
    void asked(Pod pod) {
        evicted.add(pod.metadata().uid());
    }

    /** It was refused. */
    void refused(Pod pod) {
        evicted.remove(pod.metadata().uid());
    }

    /** It was granted. */
    void granted(Pod pod, int replicas, Client client) {
        App app = App.of(pod);
        Duration last = disturbed.get(app);
        if (!isHealthy(pod) || last != null && elapsed.get().minus(last).compareTo(SEEN_BY_THEN) < 0) {
            return;
        }
        long healthy = client.pods().inNamespace(app.namespace()).list().items().stream()
                .filter(other -> App.of(other).equals(app) && isHealthy(other))
                .count();
        client.resources(PodDisruptionBudget.TYPE)
                .inNamespace(app.namespace())
                .find(app.name())
                .ifPresent(budget -> assertThat(healthy)
                        .as("healthy pods of %s after an eviction", app)
                        .isGreaterThanOrEqualTo(least(budget, replicas)));
    }

    static int least(PodDisruptionBudget budget, int replicas) {
        IntOrString available = budget.spec().minAvailable();
        IntOrString away = budget.spec().maxUnavailable();
        if (available != null) {
            return amount(available, replicas);
        }
        return away == null ? 0 : Math.max(0, replicas - amount(away, replicas));
    }

    private static int amount(IntOrString amount, int of) {
        String text = amount.toString();
        return text.endsWith("%")
                ? (int) Math.ceil(Integer.parseInt(text.substring(0, text.length() - 1)) * of / 100.0)
                : Integer.parseInt(text);
    }

    private static boolean isHealthy(Pod pod) {
        return PodFacts.isActive(pod) && PodFacts.isReady(pod);
    }
}
