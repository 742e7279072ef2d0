package io.orchestrator.core.network.nftables;

import io.orchestrator.core.network.Redirection;
import io.orchestrator.core.network.address.Command;
import io.orchestrator.core.network.address.Command.CommandFailure;
import io.orchestrator.core.network.address.Command.Result;
import io.orchestrator.spi.network.ProxyReport;
import io.orchestrator.spi.network.ServiceProxy;
import io.orchestrator.spi.network.ServiceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads connections and datagrams to endpoints in the kernel, without copying, where that is possible: to the addresses of services and
 * to ports of this machine, from this machine and from pods that are behind the same bridge as the endpoints. Everything else — other
 * machines, other bridges, pods that are led to themselves, what of loopback leads beyond it, addresses and ports that somebody else has,
 * clients of other ranges than a service is for, datagrams with affinity, endpoints of IPv6 — is served by the proxy beneath, and so is
 * everything while the kernel refuses.
 *
 * <p>Where an endpoint does not accept, the client's kernel tries again a second later, and may be led to another. Connections
 * outlive their endpoint's place in the table, and their service.
 */
public final class NftablesProxy implements ServiceProxy {
    private static final Logger LOG = LoggerFactory.getLogger(NftablesProxy.class);
    private static final int TRIES = 3;
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final List<String> NFT = List.of("nft", "-f", "-");
    private static final Path BRIDGED = Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");

    private final ServiceProxy beneath;
    private final Command command;
    private final Ruleset rules;
    private final Surroundings surroundings;
    private volatile boolean inForce;
    private volatile String failure = "";

    /** It is tried again and again: whoever reads the log need not see that. */
    private String warned = "";

    private ServiceTable served = ServiceTable.empty();

    /** Of the table that is served, while they are in the kernel. */
    private @Nullable ShortCuts cuts;

    /** Where somebody else may have been listening when {@link #cuts} was made. */
    private Set<Place> occupied = Set.of();

    /** What the proxy beneath has opened, so that nobody else has it. */
    private Set<Place> opened = Set.of();

    private boolean begun;

    /** What has become of leading datagrams, since there is a table. */
    private enum Datagrams {
        NOT_TRIED,
        LED,
        REFUSED
    }

    private Datagrams datagrams = Datagrams.NOT_TRIED;

    /** How often nft has said nothing to that. It may have been busy. */
    private int unanswered;

    private boolean closed;

    /** Where nothing is shared with anybody. */
    public NftablesProxy(ServiceProxy beneath, Command command, String table, RandomGenerator random) {
        this(beneath, command, table, random, Surroundings.unshared());
    }

    /**
     * The kernel is told nothing before the first table.
     *
     * @param beneath serves all that the kernel does not; closed with this
     * @param table a name that nobody else uses
     */
    public NftablesProxy(
            ServiceProxy beneath, Command command, String table, RandomGenerator random, Surroundings surroundings) {
        this.beneath = beneath;
        this.command = command;
        this.surroundings = surroundings;
        this.rules = new Ruleset(table, isBridgeFiltered(), new Zones(random));
    }

    /** Why this machine cannot have such a proxy; empty where it can. @param table a name that nobody else uses */
    public static Optional<String> obstacle(Command command, String table) {
        return refusal(command, table, false);
    }

    /**
     * Why such a proxy could not do all that it should here; empty where it can. A kernel that cannot be told how long it remembers
     * connections leads a client to an endpoint that hangs again and again.
     *
     * @param table a name that nobody else uses
     */
    public static Optional<String> shortcoming(Command command, String table) {
        return refusal(command, table, true);
    }

    private static Optional<String> refusal(Command command, String table, boolean forgetful) {
        Ruleset probe = new Ruleset(table, true, () -> 0);
        try {
            Result result = command.run(NFT, probe.begin(forgetful) + probe.end(), DEADLINE);
            return result.succeeded() ? Optional.empty() : Optional.of(firstLine(result.output()));
        } catch (CommandFailure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String name() {
        return inForce ? "nftables" : beneath.name();
    }

    /** Why the kernel serves nothing at the moment; empty when it does. */
    public String failure() {
        return failure;
    }

    @Override
    public synchronized ProxyReport apply(ServiceTable table) {
        if (closed) {
            throw new IllegalStateException("the proxy is closed");
        }
        Set<Place> shared = shared(table);
        // Before the sockets: whom these lead first, and rules a moment later, would not stay where it was. But not
        // where somebody else may be listening: nobody's connections are ours before a socket is.
        Set<Place> withheld = without(shared, opened);
        withheld.addAll(occupied);
        opened = Set.of();
        lead(table, withheld);
        ProxyReport report = beneath.apply(table);
        Set<Place> taken = taken(shared, report);
        opened = without(shared, taken);
        if (inForce && !taken.equals(occupied)) {
            lead(table, taken);
        }
        if (!inForce) {
            return new ProxyReport(report.problems(), true);
        }
        warned = "";
        return report;
    }

    /** Where somebody is led on, and others may listen: ports of this machine, and addresses that are not the cluster's alone. */
    private Set<Place> shared(ServiceTable table) {
        return table.ports().stream()
                .filter(port -> !port.endpoints().isEmpty() || !port.draining().isEmpty())
                .flatMap(port -> Place.of(port).stream())
                .filter(place -> place.isOfNode() || !surroundings.own().test(place.address()))
                .collect(Collectors.toSet());
    }

    private static Set<Place> without(Set<Place> places, Set<Place> others) {
        Set<Place> rest = new HashSet<>(places);
        rest.removeAll(others);
        return rest;
    }

    private void lead(ServiceTable table, Set<Place> taken) {
        if (inForce || begin()) {
            beginDatagrams(table);
            String script = difference(table, taken);
            if (!script.isEmpty() && !run(script)) {
                retreat();
            }
        }
        served = table;
    }

    /** What of these the proxy beneath could not open: whoever has it keeps it. */
    private static Set<Place> taken(Set<Place> shared, ProxyReport report) {
        Set<Place> taken = new HashSet<>();
        report.problems().forEach(problem -> {
            taken.add(new Place(problem.address(), problem.port()));
            taken.add(new Place("", problem.port()));
        });
        taken.retainAll(shared);
        return taken;
    }

    private String difference(ServiceTable table, Set<Place> taken) {
        ShortCuts known = taken.equals(occupied) ? cuts : null;
        Optional<List<Redirection>> redirections =
                known == null ? Optional.empty() : Redirection.between(served, table);
        if (known != null && redirections.isPresent()) {
            return rules.change(known.follow(redirections.get()));
        }
        ShortCuts all = new ShortCuts(table, taken, datagrams == Datagrams.LED, surroundings);
        occupied = taken;
        cuts = all;
        return rules.become(all.all());
    }

    /** Not every kernel can be told how long it remembers: rules without that are better than none. */
    private boolean begin() {
        begun = true;
        cuts = null;
        datagrams = Datagrams.NOT_TRIED;
        unanswered = 0;
        inForce = run(rules.begin(true)) || run(rules.begin(false));
        return inForce;
    }

    /** A kernel or an {@code nft} without zones is as good for connections: datagrams alone are left to the proxy beneath then. */
    private void beginDatagrams(ServiceTable table) {
        if (datagrams != Datagrams.NOT_TRIED || !ShortCuts.haveDatagrams(table)) {
            return;
        }
        try {
            Result result = command.run(NFT, rules.beginDatagrams(), DEADLINE);
            datagrams = result.succeeded() ? Datagrams.LED : Datagrams.REFUSED;
            // Made without them.
            cuts = null;
            if (!result.succeeded()) {
                LOG.info(
                        "datagrams go through the {} proxy, for nft says: {}",
                        beneath.name(),
                        firstLine(result.output()));
            }
        } catch (CommandFailure e) {
            // Whether it has done so anyway shows with the next table: what is there already may be said again.
            datagrams = ++unanswered < TRIES ? Datagrams.NOT_TRIED : Datagrams.REFUSED;
            LOG.info("datagrams go through the {} proxy", beneath.name(), e);
        }
    }

    /** Better no rule than a wrong one. The next table is tried from the start, and is asked for by the report. */
    private void retreat() {
        inForce = false;
        String why = failure;
        run(rules.end());
        failure = why;
    }

    private boolean run(String script) {
        try {
            Result result = command.run(NFT, script, DEADLINE);
            if (result.succeeded()) {
                failure = "";
                return true;
            }
            failure = firstLine(result.output());
        } catch (CommandFailure e) {
            failure = String.valueOf(e.getMessage());
        }
        if (!failure.equals(warned)) {
            warned = failure;
            LOG.warn(
                    "nft refuses the rules of services, which go through the {} proxy now: {}",
                    beneath.name(),
                    failure);
        }
        return false;
    }

    private static String firstLine(String output) {
        return output.lines().findFirst().orElse("nft said nothing");
    }

    /** Whether packets between the ports of a bridge pass the rules of addresses. */
    public static boolean isBridgeFiltered() {
        try {
            return Files.isReadable(BRIDGED)
                    && Files.readString(BRIDGED).strip().equals("1");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            try {
                inForce = false;
                if (begun) {
                    run(rules.end());
                }
            } finally {
                beneath.close();
            }
        }
    }
}
