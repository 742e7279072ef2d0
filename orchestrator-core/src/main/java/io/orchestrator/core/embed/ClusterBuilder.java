package io.orchestrator.core.embed;

import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.agent.AgentConfig;
import io.orchestrator.core.agent.PressureLimits;
import io.orchestrator.core.control.election.ElectionSettings;
import io.orchestrator.core.control.nodelifecycle.NodeLifecycleSettings;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.network.Balancing;
import io.orchestrator.core.network.ProxyMode;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.runtime.ProcessRuntime;
import io.orchestrator.core.schedule.SchedulerSettings;
import io.orchestrator.core.schedule.framework.Plugin;
import io.orchestrator.core.schedule.framework.Profile;
import io.orchestrator.core.schedule.plugin.KubernetesPlugins;
import io.orchestrator.spi.metrics.CustomMetrics;
import io.orchestrator.spi.network.LoadBalancers;
import io.orchestrator.spi.runtime.RuntimeProvider;
import io.orchestrator.spi.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster is made of. Everything has a default: memory for its state, processes of this machine for its pods, one
 * node, no port. Not thread-safe; may be used for several clusters as long as it was given no store and no runtime.
 */
public final class ClusterBuilder {
    String name = "orchestrator";

    @Nullable
    Store store;

    @Nullable
    Function<Environment, RuntimeProvider> runtime;

    UnaryOperator<ProcessRuntime.Builder> processes = UnaryOperator.identity();
    List<String> nodes = List.of("node-1");
    UnaryOperator<AgentConfig> agents = UnaryOperator.identity();

    SchedulerSettings scheduler = SchedulerSettings.of(KubernetesPlugins.defaultProfile());

    @Nullable
    FrontDoor frontDoor;

    @Nullable
    NodeDoor nodeDoor;

    @Nullable
    PressureLimits pressure;

    @Nullable
    Path manifests;

    @Nullable
    Duration shutdownGrace;

    Duration criticalGrace = Duration.ZERO;

    @Nullable
    Path directory;

    /** How leaders are elected; null where there is no other control plane. */
    @Nullable
    UnaryOperator<ElectionSettings> election;

    NodeLifecycleSettings nodePatience = NodeLifecycleSettings.defaults();
    CustomMetrics metrics = CustomMetrics.none();
    boolean localWebhooks;
    boolean isolatedPods;
    boolean dns = true;
    ProxyMode proxy = ProxyMode.AUTO;
    Balancing balancing = Balancing.ROUND_ROBIN;

    /** Null for a pool of addresses that are this machine's alone. */
    @Nullable
    LoadBalancers loadBalancers;

    /** Zero for as long as the authority likes. */
    Duration certificateLife = Duration.ZERO;

    String domain = "cluster.local";
    boolean keepPods;
    Duration podGrace = Duration.ofSeconds(10);
    final List<ControllerSpec> controllers = new ArrayList<>();
    final List<Admission> admission = new ArrayList<>();
    final List<Class<? extends Resource>> records = new ArrayList<>();

    ClusterBuilder() {}

    /** For the kubeconfig, certificates and thread names. */
    public ClusterBuilder named(String name) {
        this.name = name;
        return this;
    }

    /**
     * Where the cluster's state is; by default in its {@link #directory}, and without one in memory. The cluster closes it when
     * it is closed.
     */
    public ClusterBuilder store(Store store) {
        this.store = store;
        return this;
    }

    /** What runs the pods of all nodes. The cluster closes it when it is closed. */
    public ClusterBuilder runtime(RuntimeProvider runtime) {
        return runtime(environment -> runtime);
    }

    /** A runtime that takes its time and threads from the cluster. */
    public ClusterBuilder runtime(Function<Environment, RuntimeProvider> runtime) {
        this.runtime = runtime;
        return this;
    }

    /**
     * For a cluster that runs no pods itself, and whose nodes join and run theirs in networks of their own, as Docker does: services get
     * addresses that such pods can reach, where we are root.
     */
    public ClusterBuilder isolatedPods() {
        this.isolatedPods = true;
        return this;
    }

    /** Settings of the process runtime, which is used when no other is given: for example which program an image stands for. */
    public ClusterBuilder processes(UnaryOperator<ProcessRuntime.Builder> settings) {
        this.processes = settings;
        return this;
    }

    /** So many nodes, {@code node-1}, {@code node-2} and so on, which share the machine. */
    public ClusterBuilder nodes(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("not a number of nodes: " + count);
        }
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add("node-" + i);
        }
        this.nodes = List.copyOf(names);
        return this;
    }

    /** Changes to what each node's agent is told: capacity, labels, taints, policy. */
    public ClusterBuilder agents(UnaryOperator<AgentConfig> settings) {
        this.agents = settings;
        return this;
    }

    /** Opens a port for everything that speaks to Kubernetes. Without it the cluster is there for this process alone. */
    public ClusterBuilder apiServer(FrontDoor frontDoor) {
        this.frontDoor = frontDoor;
        return this;
    }

    /**
     * Opens each node to those who look at it from outside, as a kubelet is: the control planes of other processes need it to
     * reach the pods of these nodes. Without it the nodes have no port. With several nodes the door's ports must be 0, for any.
     */
    public ClusterBuilder nodeServer(NodeDoor nodeDoor) {
        this.nodeDoor = nodeDoor;
        return this;
    }

    /**
     * Has the pods of these nodes make room when too little of the machine is left, and removes the images that nodes pulled and
     * nobody uses when its disk fills. Off unless asked for: the machine is often not the cluster's alone.
     */
    public ClusterBuilder relieveNodes(PressureLimits limits) {
        this.pressure = limits;
        return this;
    }

    /**
     * Tells the API, when the cluster is closed, that these nodes are switched off: their pods fail as {@code Terminated}, for
     * the controllers of another control plane, or of the next start, to replace them. Without this pods end without a word.
     * Does nothing where pods are kept.
     *
     * @param grace the most that a pod gets
     * @param criticalGrace the same for pods that belong to the system, which end when the others have
     */
    public ClusterBuilder shutDownNodes(Duration grace, Duration criticalGrace) {
        this.shutdownGrace = grace;
        this.criticalGrace = criticalGrace;
        return this;
    }

    /**
     * How long a node may be silent before it counts as unreachable and its pods are replaced elsewhere, as far as they do not
     * tolerate that; 50 seconds unless said otherwise. Agents are heard of every ten seconds.
     */
    public ClusterBuilder nodeMonitorGrace(Duration grace) {
        if (grace.compareTo(Duration.ofSeconds(10)) <= 0) {
            throw new IllegalArgumentException("the grace of silent nodes must be more than ten seconds");
        }
        this.nodePatience = nodePatience.withGrace(grace);
        return this;
    }

    /**
     * Has every node run the pods whose manifests lie in this directory, whatever is deleted in the API: static pods. Files that
     * come, change and go are seen within 20 seconds.
     */
    public ClusterBuilder staticPods(Path manifests) {
        this.manifests = manifests;
        return this;
    }

    /**
     * Lets this control plane be one of several on one {@link #store}: each answers requests and runs its nodes, and one at a time
     * runs the controllers, one the scheduler, elected by the leases {@code kube-controller-manager} and {@code kube-scheduler}.
     * When a leader ends in order another one takes over within seconds; when it is cut off or dies, within 20 s. What a leader
     * writes that was paused for longer the store refuses.
     *
     * <p>Without this a cluster holds no lease, and must be alone on its store.
     */
    public ClusterBuilder leaderElection() {
        return leaderElection(UnaryOperator.identity());
    }

    /** @param settings changes to the settings of the election, such as its times; the name is that of the controllers' lease */
    public ClusterBuilder leaderElection(UnaryOperator<ElectionSettings> settings) {
        this.election = settings;
        return this;
    }

    /** Defines a kind by its record before anything runs that may ask for it: see {@link Cluster#define}. */
    public ClusterBuilder define(Class<? extends Resource> record) {
        records.add(record);
        return this;
    }

    /** Runs a controller of the host's own beside those of Kubernetes. */
    public ClusterBuilder controller(ControllerSpec controller) {
        controllers.add(controller);
        return this;
    }

    /** What the host measures itself, for autoscalers to go by; without it they know what pods use of CPU and memory. */
    public ClusterBuilder customMetrics(CustomMetrics metrics) {
        this.metrics = metrics;
        return this;
    }

    /**
     * What carries the traffic of services. By default packet rules where this process is root and the machine has {@code nft}, else,
     * and for what rules cannot do, sockets of this process; the nodes' condition {@code ServiceProxyReady} says which, and why. Packet rules
     * carry more, and choose an endpoint by chance. A pod that has just gone is passed over at once by sockets, and by rules with the
     * client's next attempt, a second later.
     */
    public ClusterBuilder serviceProxy(ProxyMode mode) {
        this.proxy = mode;
        return this;
    }

    /**
     * Which endpoint a new connection gets in user space: by default all get one in turn. Packet rules know chance alone: for anything but
     * the default user space serves, and a start with {@link ProxyMode#NFTABLES} fails.
     */
    public ClusterBuilder balancing(Balancing balancing) {
        this.balancing = balancing;
        return this;
    }

    /**
     * Who gives services of type LoadBalancer their addresses: a pool of addresses, see {@link
     * io.orchestrator.core.network.balance.AddressPool#of}, or whatever makes real load balancers. By default a pool of addresses
     * that only this machine, and its pods, reach.
     */
    public ClusterBuilder loadBalancers(LoadBalancers balancers) {
        this.loadBalancers = balancers;
        return this;
    }

    /** The domain of the cluster's names; {@code cluster.local} by default. */
    public ClusterBuilder domain(String domain) {
        this.domain = domain;
        return this;
    }

    /**
     * Leaves names to somebody else: nothing answers for services, and pods resolve names as their node does. A DNS server of
     * the host's own, such as one that runs in pods, is told to them by {@link AgentConfig#withDns}.
     */
    public ClusterBuilder withoutDns() {
        this.dns = false;
        return this;
    }

    /** Adds a step of admission: it may change what is written, whoever writes it, or refuse it. Steps run in the order given. */
    public ClusterBuilder admission(Admission step) {
        admission.add(step);
        return this;
    }

    /**
     * Lets admission and conversion webhooks be on the loopback addresses of this machine, which are refused otherwise: whoever
     * may register a webhook can then have the cluster send requests to whatever listens there. It is what somebody needs who
     * tests a webhook of this process, or of this machine, at a URL such as {@code https://localhost:8443/validate}; the
     * certificate is checked as always.
     */
    public ClusterBuilder localWebhooks() {
        localWebhooks = true;
        return this;
    }

    /**
     * Adds a plugin of the host's own to the scheduler of pods that name none, beside those of Kubernetes.
     *
     * @see io.orchestrator.core.schedule.framework for what a plugin can do
     */
    public ClusterBuilder schedulerPlugin(Plugin plugin) {
        return schedulerPlugin(plugin, 1);
    }

    /** @param weight how much the plugin's score counts beside the others', where it has one */
    public ClusterBuilder schedulerPlugin(Plugin plugin, double weight) {
        Profile profile = scheduler.profiles().stream()
                .filter(each -> each.schedulerName().equals(Profile.DEFAULT_SCHEDULER))
                .findFirst()
                .orElseGet(KubernetesPlugins::defaultProfile);
        return schedulerProfile(profile.toBuilder().plugin(plugin, weight).build());
    }

    /**
     * Adds a scheduler for the pods that name it, or takes the place of the one of this name. To start from that of Kubernetes,
     * see {@link KubernetesPlugins#profile}.
     */
    public ClusterBuilder schedulerProfile(Profile profile) {
        this.scheduler = scheduler.with(profile);
        return this;
    }

    /** Changes to how the scheduler works. */
    public ClusterBuilder scheduler(UnaryOperator<SchedulerSettings> settings) {
        this.scheduler = settings.apply(scheduler);
        return this;
    }

    /**
     * Where volumes, logs, processes' state and, unless a {@link #store} was given, the state of the cluster lie. The next
     * cluster on the directory goes on where this one ended, however it ended. By default a temporary directory that goes with
     * the cluster.
     */
    public ClusterBuilder directory(Path directory) {
        this.directory = directory;
        return this;
    }

    /**
     * How long the certificates are good for that follow each other by themselves: those of this cluster's servers, and at most
     * those that are signed for nodes and others who ask. A year by default. The administrator's in the kubeconfig stays good for
     * a year.
     */
    public ClusterBuilder certificateLife(Duration life) {
        if (life.isNegative() || life.isZero()) {
            throw new IllegalArgumentException("certificates must be good for some time, not " + life);
        }
        this.certificateLife = life;
        return this;
    }

    /** Leaves the pods running when the cluster is closed, for the next one on the same store and directory to adopt. */
    public ClusterBuilder keepPods() {
        this.keepPods = true;
        return this;
    }

    /** How long pods may take to end when the cluster is closed; ten seconds by default. */
    public ClusterBuilder podGrace(Duration grace) {
        this.podGrace = grace;
        return this;
    }

    /**
     * Starts it. Returns when objects can be written and read; nodes become ready a moment later, see
     * {@link Cluster#awaitNodes}. What was started is closed again when something fails.
     */
    public Cluster start() {
        return Cluster.start(this);
    }
}
