package io.orchestrator.core.network.nftables;

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
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads connections to endpoints in the kernel, without copying, where that is possible: TCP to the addresses of services, from
 * this machine and from pods. Everything else — datagrams, affinity, node ports, pods that are led to themselves, endpoints of
 * IPv6 — is served by the proxy beneath, and so is everything while the kernel refuses.
 *
 * <p>Unlike the proxy beneath, the kernel does not try another endpoint when one does not accept. Connections outlive their
 * endpoint's place in the table, and their service.
 */
public final class NftablesProxy implements ServiceProxy {
    private static final Logger LOG = LoggerFactory.getLogger(NftablesProxy.class);
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final List<String> NFT = List.of("nft", "-f", "-");
    private static final Path BRIDGED = Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");

    private final ServiceProxy beneath;
    private final Command command;
    private final Ruleset rules;
    private volatile boolean inForce;
    private volatile String failure = "";
    private boolean begun;
    private boolean closed;

    /**
     * The kernel is told nothing before the first table.
     *
     * @param beneath serves all that the kernel does not; closed with this
     * @param table a name that nobody else uses
     */
    public NftablesProxy(ServiceProxy beneath, Command command, String table) {
        this.beneath = beneath;
        this.command = command;
        this.rules = new Ruleset(table, isBridgeFiltered());
    }

    /** Why this machine cannot have such a proxy; empty where it can. @param table a name that nobody else uses */
    public static Optional<String> obstacle(Command command, String table) {
        Ruleset probe = new Ruleset(table, true);
        try {
            Result result = command.run(NFT, probe.begin(false) + probe.end(), DEADLINE);
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
        ProxyReport report = beneath.apply(table);
        if (inForce || begin()) {
            String script = rules.become(ShortCut.of(table));
            if (!script.isEmpty() && !run(script)) {
                retreat();
            }
        }
        return report;
    }

    /** Not every kernel can be told how long it remembers: rules without that are better than none. */
    private boolean begin() {
        begun = true;
        inForce = run(rules.begin(true)) || run(rules.begin(false));
        return inForce;
    }

    /** Better no rule than a wrong one. The next table is tried from the start. */
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
        LOG.warn("nft refuses the rules of services, which go through the {} proxy now: {}", beneath.name(), failure);
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
