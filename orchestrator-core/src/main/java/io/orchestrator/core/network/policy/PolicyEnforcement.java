package io.orchestrator.core.network.policy;

import io.orchestrator.core.network.address.Command;
import io.orchestrator.core.network.address.Command.CommandFailure;
import io.orchestrator.core.network.address.Command.Result;
import io.orchestrator.core.network.address.ThisMachine;
import io.orchestrator.core.network.userspace.Admission;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a table of policies: by packet rules for what passes through the kernel, by its word for what the user-space proxy leads
 * on, which to the kernel comes from this machine.
 *
 * <p>While the kernel refuses, no rule is in force, rather than some of them; the next table is tried from the start. Tables
 * come one at a time; {@link #admits} may be asked by any thread.
 */
public final class PolicyEnforcement implements Admission, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyEnforcement.class);
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final List<String> NFT = List.of("nft", "-f", "-");
    private static final String NOT_YET = "they have not been applied yet";

    private final Command command;
    private final PolicyRules rules;
    private volatile PolicyTable table = PolicyTable.EMPTY;
    private volatile String failure = "";
    private volatile boolean tried;
    private boolean standing;
    private boolean closed;

    /**
     * @param name of a table that nobody else uses
     * @param service ranges of addresses on which this machine serves
     * @param names the address of the cluster's DNS; empty for none
     */
    public PolicyEnforcement(Command command, String name, List<String> service, String names) {
        this.command = command;
        this.rules = new PolicyRules(name, service, names);
    }

    /**
     * Without rules: for a proxy on a machine whose kernel somebody else looks after, or nobody. It judges whom it leads on, and sees
     * nothing else.
     */
    public static PolicyEnforcement byWordAlone() {
        return new PolicyEnforcement((command, script, deadline) -> new Result(0, ""), "nowhere", List.of(), "");
    }

    /** Takes away what a killed process may have left. Returns whether the kernel takes orders. */
    synchronized boolean begin() {
        return run(rules.end());
    }

    /** Makes the table hold. Returns whether it does; while it does not, everybody may reach everybody. */
    synchronized boolean apply(PolicyTable wanted) {
        boolean held = !closed && (wanted.isEmpty() ? clear() : hold(wanted));
        table = held ? wanted : PolicyTable.EMPTY;
        tried = true;
        return held;
    }

    /** Where an order was refused, something may have been left behind. */
    private boolean clear() {
        boolean gone = (!standing && failure.isEmpty()) || run(rules.end());
        standing = standing && !gone;
        return gone;
    }

    private boolean hold(PolicyTable wanted) {
        if (!standing && !run(rules.begin())) {
            return false;
        }
        standing = true;
        String script = rules.become(wanted);
        if (script.isEmpty() || run(script)) {
            return true;
        }
        retreat();
        return false;
    }

    private void retreat() {
        standing = false;
        String why = failure;
        run(rules.end());
        failure = why;
    }

    /** Why nothing is held at the moment; empty from the first table on that is. */
    public String failure() {
        return tried ? failure : NOT_YET;
    }

    private boolean run(String script) {
        try {
            Result result = command.run(NFT, script, DEADLINE);
            if (result.succeeded()) {
                failure = "";
                return true;
            }
            failure = result.output().lines().findFirst().orElse("nft said nothing");
        } catch (CommandFailure e) {
            failure = String.valueOf(e.getMessage());
        }
        LOG.warn("nft refuses the rules of network policies, none of which is in force now: {}", failure);
        return false;
    }

    @Override
    public boolean admits(InetAddress client, Endpoint endpoint, String protocol) {
        PolicyTable now = table;
        if (now.isEmpty()) {
            return true;
        }
        String from = client.getHostAddress();
        return now.maySend(from, endpoint.address(), protocol, endpoint.port())
                && (now.mayReceive(from, endpoint.address(), protocol, endpoint.port()) || isThisMachine(client));
    }

    /** A node reaches its own pods, whatever policies say. */
    private static boolean isThisMachine(InetAddress address) {
        return address.isLoopbackAddress() || ThisMachine.has(address);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            table = PolicyTable.EMPTY;
            if (standing || !failure.isEmpty()) {
                run(rules.end());
            }
        }
    }
}
