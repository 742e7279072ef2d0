package io.orchestrator.core.network.route;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeSpecBuilder;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SerialExecutor;
import io.orchestrator.core.join.PodRoute;
import io.orchestrator.core.network.address.Command;
import io.orchestrator.core.network.address.Command.CommandFailure;
import io.orchestrator.core.network.address.HostRoutes;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the pods of this machine and those of the cluster's others reach each other by their addresses: says on the node which
 * subnet it has, and lays a route to each of the others. While the API is away the routes stand as they are. From time to time they
 * are laid anew, as others may take them away.
 *
 * <p><b>Threads.</b> Safe for concurrent use; the kernel is told on a loop of its own. Needs root.
 */
public final class PodRouting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PodRouting.class);
    private static final long LOOK_SECONDS = 60;
    private static final long CLOSE_SECONDS = 30;

    private final String node;
    private final String subnet;
    private final Client client;
    private final KernelRoutes kernel;
    private final Environment environment;
    private final boolean lasting;
    private final Informer<ConfigMap> published;
    private final Informer<Node> self;
    private final SerialExecutor loop;
    private volatile @Nullable ScheduledFuture<?> look;

    // Owned by the loop.
    private List<PodRoute> routes = List.of();
    private String complaint = "";
    private boolean closed;

    /**
     * @param node of this machine
     * @param subnet of its pods
     * @param file which is remembered in what the kernel was told
     * @param lasting whether the routes stay behind the close, as the pods do
     */
    public PodRouting(
            String node,
            String subnet,
            Client client,
            Command command,
            Path file,
            boolean lasting,
            Environment environment) {
        if (!PodRoute.isSubnet(subnet)) {
            throw new IllegalArgumentException("not a subnet: " + subnet);
        }
        this.node = node;
        this.subnet = subnet;
        this.client = client;
        this.kernel = new KernelRoutes(subnet, file, command, HostRoutes::ofThisMachine);
        this.lasting = lasting;
        this.environment = environment;
        this.published = new Informer<>(
                client.transport(),
                Target.collection(ConfigMap.TYPE, PodRoute.ALL.namespace()),
                ListOptions.all().fields("metadata.name=" + PodRoute.ALL.name()),
                environment);
        this.self = new Informer<>(
                client.transport(),
                Target.collection(Node.TYPE, ""),
                ListOptions.all().fields("metadata.name=" + node),
                environment);
        this.loop = new SerialExecutor(environment.executor());
    }

    /** Begins with what was known before, since pods may run already. To be called once. */
    public void start() {
        loop.execute(() -> {
            routes = kernel.remembered();
            lay();
        });
        published.addHandler((before, after) -> {
            Map<String, String> data = after == null ? Map.of() : after.data();
            loop.execute(() -> follow(data));
        });
        self.addHandler((before, after) -> {
            if (after != null) {
                loop.execute(() -> announce(after));
            }
        });
        published.start();
        self.start();
        look = environment
                .timers()
                .scheduleWithFixedDelay(this::lookAgain, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void announce(Node standing) {
        if (closed || standing.spec().podCIDR().equals(subnet)) {
            return;
        }
        if (!standing.spec().podCIDR().isEmpty()) {
            LOG.error(
                    "node {} has the subnet {}, which cannot be changed to {}: delete the node first",
                    node,
                    standing.spec().podCIDR(),
                    subnet);
            return;
        }
        try {
            client.nodes()
                    .edit(
                            node,
                            found -> found.withSpec(NodeSpecBuilder.builder(found.spec())
                                    .podCIDR(subnet)
                                    .podCIDRs(List.of(subnet))
                                    .build()));
        } catch (ApiException e) {
            // Its next change comes here as well.
            LOG.warn("the node is not told yet that its pods are in {}", subnet, e);
        }
    }

    private void follow(Map<String, String> data) {
        List<PodRoute> others = new ArrayList<>();
        data.forEach((name, text) -> {
            if (!name.equals(node)) {
                PodRoute.parse(text).ifPresent(others::add);
            }
        });
        routes = List.copyOf(others);
        lay();
    }

    private void lookAgain() {
        try {
            loop.execute(this::lay);
        } catch (RejectedExecutionException e) {
            LOG.debug("routes are not looked at any more: the environment is closed");
        }
    }

    private void lay() {
        if (closed) {
            return;
        }
        String said = "";
        try {
            kernel.apply(routes);
        } catch (CommandFailure | UncheckedIOException e) {
            said = String.valueOf(e.getMessage());
        }
        if (!said.equals(complaint)) {
            if (said.isEmpty()) {
                LOG.info("the routes to the pods of other machines lie now");
            } else {
                LOG.warn("not all pods of other machines are reached: {}", said);
            }
        }
        complaint = said;
    }

    @Override
    public void close() {
        published.close();
        self.close();
        ScheduledFuture<?> timer = look;
        if (timer != null) {
            timer.cancel(false);
        }
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            closed = true;
            try {
                if (!lasting) {
                    kernel.clear();
                }
            } catch (CommandFailure | UncheckedIOException e) {
                LOG.warn("something of the routes to other machines' pods may be left behind", e);
            } finally {
                done.countDown();
            }
        });
        await(done);
    }

    /** What is under way on the loop would be cut short with the threads. */
    private static void await(CountDownLatch done) {
        try {
            if (!done.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the routes to other machines' pods may be left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
