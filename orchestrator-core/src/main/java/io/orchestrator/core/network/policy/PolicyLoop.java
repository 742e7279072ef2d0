package io.orchestrator.core.network.policy;

import io.orchestrator.api.control.Events;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.networking.NetworkPolicy;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SerialExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is enforced true to policies, pods and namespaces. Changes that come together are applied together; while there is
 * no policy, nothing is worked out. What cannot be enforced stands in an event on each policy, once, and is tried again.
 *
 * <p><b>Threads.</b> Safe for concurrent use. One loop on the environment's executor owns all state; at rest nothing runs.
 */
public final class PolicyLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyLoop.class);
    private static final Duration TOGETHER = Duration.ofMillis(10);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final SharedInformers informers;
    private final Informer<NetworkPolicy> policies;
    private final Informer<Pod> pods;
    private final Informer<Namespace> namespaces;
    private final PolicyEnforcement enforcement;
    private final Locality locality;
    private final List<Party> others;
    private final Events events;
    private final Environment environment;
    private final Runnable applied;
    private final SerialExecutor loop;
    private final Informer.Handler<NetworkPolicy> onPolicy;
    private final Informer.Handler<Pod> onPod;
    private final Informer.Handler<Namespace> onNamespace;

    // Owned by the loop.
    private final Set<String> told = new HashSet<>();
    private boolean begun;
    private @Nullable ScheduledFuture<?> pending;
    private volatile boolean closed;

    /**
     * @param enforcement the caller's, to close after this loop
     * @param locality whose packets these are
     * @param others that policies may allow traffic with, beside pods
     * @param applied is run after each attempt
     */
    public PolicyLoop(
            SharedInformers informers,
            PolicyEnforcement enforcement,
            Locality locality,
            List<Party> others,
            Events events,
            Environment environment,
            Runnable applied) {
        this.informers = informers;
        this.policies = informers.informer(NetworkPolicy.TYPE);
        this.pods = informers.informer(Pod.TYPE);
        this.namespaces = informers.informer(Namespace.TYPE);
        this.enforcement = enforcement;
        this.locality = locality;
        this.others = List.copyOf(others);
        this.events = events;
        this.environment = environment;
        this.applied = applied;
        this.loop = new SerialExecutor(environment.executor());
        this.onPolicy = (@Nullable NetworkPolicy before, @Nullable NetworkPolicy after) -> changed();
        this.onPod = (@Nullable Pod before, @Nullable Pod after) -> {
            if (!party(before).equals(party(after))) {
                changed();
            }
        };
        this.onNamespace = (@Nullable Namespace before, @Nullable Namespace after) -> {
            if (!labels(before).equals(labels(after))) {
                changed();
            }
        };
    }

    private static Optional<Party> party(@Nullable Pod pod) {
        return pod == null ? Optional.empty() : Party.of(pod);
    }

    private static Map<String, String> labels(@Nullable Namespace namespace) {
        return namespace == null ? Map.of() : namespace.metadata().labels();
    }

    /** Begins as soon as everything is known. To be called once. */
    public void start() {
        policies.addHandler(onPolicy);
        pods.addHandler(onPod);
        namespaces.addHandler(onNamespace);
        informers.whenSynced(
                List.of(NetworkPolicy.TYPE, Pod.TYPE, Namespace.TYPE),
                () -> loop.execute(() -> {
                    enforcement.begin();
                    begun = true;
                    apply();
                }));
    }

    /** Follows no change any more. Idempotent. */
    @Override
    public void close() {
        closed = true;
        policies.removeHandler(onPolicy);
        pods.removeHandler(onPod);
        namespaces.removeHandler(onNamespace);
        loop.execute(this::cancel);
    }

    private void changed() {
        loop.execute(() -> {
            if (begun && !closed && pending == null) {
                schedule(TOGETHER);
            }
        });
    }

    private void schedule(Duration delay) {
        pending = environment.timers().schedule(() -> loop.execute(this::apply), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void cancel() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }

    private void apply() {
        cancel();
        if (closed) {
            return;
        }
        List<NetworkPolicy> wanted = policies.list("");
        if (enforcement.apply(wanted.isEmpty() ? PolicyTable.EMPTY : compile(wanted))) {
            told.clear();
        } else {
            wanted.forEach(this::tell);
            LOG.debug("network policies are tried again in {}", AGAIN);
            schedule(AGAIN);
        }
        applied.run();
    }

    private PolicyTable compile(List<NetworkPolicy> wanted) {
        Map<String, Map<String, String>> labels = new HashMap<>();
        namespaces
                .list("")
                .forEach(each ->
                        labels.put(each.metadata().name(), each.metadata().labels()));
        Locality.Parties parties = locality.parties(pods.list(""));
        List<Party> peers = new ArrayList<>(parties.distant());
        peers.addAll(others);
        return new PolicyCompiler(wanted, parties.local(), peers, labels).compile();
    }

    private void tell(NetworkPolicy policy) {
        ObjectMeta metadata = policy.metadata();
        if (told.add(metadata.uid() + "/" + metadata.generation())) {
            events.warning(
                    policy, "NotEnforced", "the policy has no effect: nft refuses its rules: " + enforcement.failure());
        }
    }
}
