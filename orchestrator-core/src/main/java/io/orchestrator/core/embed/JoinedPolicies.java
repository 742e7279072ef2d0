package io.orchestrator.core.embed;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.networking.NetworkPolicy;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.network.NodeNotice;
import io.orchestrator.core.network.address.ClusterAddresses;
import io.orchestrator.core.network.policy.Locality;
import io.orchestrator.core.network.policy.Party;
import io.orchestrator.core.network.policy.PolicyEnforcement;
import io.orchestrator.core.network.policy.PolicyLoop;
import io.orchestrator.core.network.userspace.Admission;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Network policies on a node that has joined: held for its pods by rules of its machine, or, where that cannot be, said to have no
 * effect, on the node and on each policy. Pods and namespaces are looked at from the first policy on, so that a cluster
 * without policies costs its nodes nothing.
 *
 * <p>A node that cannot hold them for its own pods may still be the one that serves the machine's services, and lead clients to pods
 * of other nodes, whose rules take what it leads on for this machine's own. So its word is asked all the same, wherever services have
 * addresses that pods reach.
 *
 * <p>Where the cluster's DNS gets its address later, rules are made anew, and for that moment none are in force. Thread-safe.
 */
final class JoinedPolicies implements Admission, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JoinedPolicies.class);
    private static final String UNKNOWN = "the policies of the cluster cannot be read yet";
    private static final String BEGINNING = "they are about to be held";
    private static final String LOOPBACK = "127.";
    private static final Duration AGAIN = Duration.ofSeconds(10);

    /** Makes rules of this machine. */
    @FunctionalInterface
    interface Rules {
        /**
         * @param service ranges of addresses on which the cluster's services are served
         * @param names the address of the cluster's DNS; empty where it has none
         */
        PolicyEnforcement of(List<String> service, String names);
    }

    /** What rules are made for. */
    private record Terms(List<String> service, String names, List<Party> peers) {}

    private record Holding(Terms terms, PolicyEnforcement enforcement, Teardown parts) {}

    private final SharedInformers informers;
    private final Informer<NetworkPolicy> policies;
    private final Informer<Service> services;
    private final Events events;
    private final Rules rules;
    private final String node;
    private final Environment environment;
    private final String obstacle;
    private final List<String> ownRange;
    private final Informer.Handler<NetworkPolicy> onPolicy;
    private final Informer.Handler<Service> onService;
    private final Object telling = new Object();
    private final Object lock = new Object();

    @GuardedBy("telling")
    private final Map<String, Long> told = new HashMap<>();

    @GuardedBy("lock")
    private boolean closed;

    private volatile boolean known;
    private volatile Runnable changed = () -> {};
    private volatile @Nullable Holding holding;

    /**
     * @param network of this machine
     * @param node that is in this process
     */
    JoinedPolicies(
            SharedInformers informers, Events events, ServiceNetwork network, String node, Environment environment) {
        this(informers, events, network.policyObstacle(), network.serviceRange(), network::policies, node, environment);
    }

    /**
     * @param obstacle why policies cannot be in force for the pods of this node; empty where they can
     * @param ownRange of this machine's services, as long as the cluster's are not known
     * @param node that is in this process
     */
    JoinedPolicies(
            SharedInformers informers,
            Events events,
            String obstacle,
            String ownRange,
            Rules rules,
            String node,
            Environment environment) {
        this.informers = informers;
        this.policies = informers.informer(NetworkPolicy.TYPE);
        this.services = informers.informer(Service.TYPE);
        this.events = events;
        this.rules = rules;
        this.node = node;
        this.environment = environment;
        this.obstacle = obstacle;
        this.ownRange = List.of(ownRange);
        this.onPolicy = (@Nullable NetworkPolicy before, @Nullable NetworkPolicy after) -> {
            if (after != null) {
                comes(after);
            } else if (before != null) {
                goes(before);
            }
        };
        this.onService = (@Nullable Service before, @Nullable Service after) -> {
            Service either = after == null ? before : after;
            if (either != null && isTelling(ObjectKey.of(either))) {
                review();
            }
        };
    }

    private static boolean isTelling(ObjectKey service) {
        return service.equals(SharedServices.API) || service.equals(SharedServices.DNS);
    }

    /** @param changed is run when {@link #statement()} may say something else */
    void start(Runnable changed) {
        this.changed = changed;
        policies.addHandler(onPolicy);
        services.addHandler(onService);
        informers.whenSynced(List.of(Service.TYPE), this::review);
        informers.whenSynced(List.of(NetworkPolicy.TYPE), () -> {
            known = true;
            changed.run();
        });
    }

    private void comes(NetworkPolicy policy) {
        if (!obstacle.isEmpty()) {
            tell(policy);
        }
        if (holding == null) {
            changed.run();
            review();
        }
    }

    private void goes(NetworkPolicy policy) {
        synchronized (telling) {
            told.remove(policy.metadata().uid());
        }
        changed.run();
    }

    /** Once for each version of what is wanted. */
    private void tell(NetworkPolicy policy) {
        long generation = policy.metadata().generation();
        Long before;
        synchronized (telling) {
            before = told.put(policy.metadata().uid(), generation);
        }
        if (before == null || before != generation) {
            events.warning(policy, "NotEnforced", "the policy has no effect on node " + node + ": " + obstacle);
        }
    }

    /** Not on an informer's thread, which waits for nobody. */
    private void review() {
        environment.executor().execute(() -> {
            try {
                hold();
            } catch (RuntimeException e) {
                LOG.error("network policies are not held on node {}, again in {}", node, AGAIN, e);
                environment.timers().schedule(this::review, AGAIN.toNanos(), TimeUnit.NANOSECONDS);
            }
        });
    }

    private void hold() {
        synchronized (lock) {
            // The addresses of services and of the DNS are what rules must let pass.
            if (closed || !services.hasSynced() || (holding == null && isWithoutPolicies())) {
                return;
            }
            Optional<Terms> wanted = terms();
            Holding now = holding;
            if (wanted.isEmpty() || (now != null && now.terms().equals(wanted.get()))) {
                return;
            }
            if (now != null) {
                holding = null;
                now.parts().close();
            }
            holding = begin(wanted.get());
        }
    }

    private Holding begin(Terms terms) {
        Teardown parts = new Teardown();
        PolicyEnforcement held = parts.add(
                "rules of policies",
                obstacle.isEmpty() ? rules.of(terms.service(), terms.names()) : PolicyEnforcement.byWordAlone());
        parts.add(
                        "network policy loop",
                        new PolicyLoop(
                                informers,
                                held,
                                Locality.of(Set.of(node)),
                                terms.peers(),
                                events,
                                environment,
                                changed))
                .start();
        return new Holding(terms, held, parts);
    }

    /**
     * For the cluster's own ranges, which are not those that this machine would have chosen. Empty where nobody's word counts: pods with
     * addresses that mean something reach no service on loopback.
     */
    private Optional<Terms> terms() {
        Optional<String> api = services.get(SharedServices.API)
                .map(service -> service.spec().clusterIP())
                .filter(address -> !address.isEmpty());
        if (!obstacle.isEmpty()
                && api.filter(address -> !address.startsWith(LOOPBACK)).isEmpty()) {
            return Optional.empty();
        }
        List<String> ranges = api.map(ClusterAddresses::servedAround).orElse(List.of());
        Service dns = services.get(SharedServices.DNS).orElse(null);
        return Optional.of(new Terms(
                ranges.isEmpty() ? ownRange : ranges,
                dns == null ? "" : dns.spec().clusterIP(),
                NetworkLayer.peers(dns)));
    }

    private boolean isWithoutPolicies() {
        return policies.list("").isEmpty();
    }

    /** For the node's conditions: true says that whatever policies there are is held. */
    NodeNotice.Statement statement() {
        if (!obstacle.isEmpty()) {
            return NetworkLayer.policies(obstacle);
        }
        Holding now = holding;
        if (now != null) {
            return NetworkLayer.policies(now.enforcement().failure());
        }
        if (!known) {
            return NetworkLayer.policies(UNKNOWN);
        }
        return NetworkLayer.policies(isWithoutPolicies() ? "" : BEGINNING);
    }

    @Override
    public boolean admits(InetAddress client, Endpoint endpoint, String protocol) {
        Holding now = holding;
        return now == null || now.enforcement().admits(client, endpoint, protocol);
    }

    @Override
    public void close() {
        policies.removeHandler(onPolicy);
        services.removeHandler(onService);
        Holding now;
        synchronized (lock) {
            closed = true;
            now = holding;
        }
        if (now != null) {
            now.parts().close();
        }
    }
}
