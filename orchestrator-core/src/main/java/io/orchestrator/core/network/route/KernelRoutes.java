package io.orchestrator.core.network.route;

import io.orchestrator.core.join.PodRoute;
import io.orchestrator.core.network.address.Cidr;
import io.orchestrator.core.network.address.Command;
import io.orchestrator.core.network.address.Command.CommandFailure;
import io.orchestrator.core.network.address.Command.Result;
import io.orchestrator.core.network.address.HostRoutes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What the kernel of this machine is told of the pods of others: routes, and packet rules beside those of the engine, which would
 * turn away what comes for its pods, and hide them behind this machine's address when they send.
 *
 * <p>The routes are noted in a file before they are laid, so that the next process takes away what is not wanted any more; rules are
 * in chains of their own. None is laid to where this machine is itself, and none in the place of another's: what other nodes say of
 * themselves must not cut it off. Confined to one loop.
 */
final class KernelRoutes {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    /** Where the engine of the pods leaves room for the rules of others, and where there is no such engine. */
    private static final String ENGINES = "DOCKER-USER";

    private static final String FORWARD = "FORWARD";
    private static final String FILTER = "filter";
    private static final String NAT = "nat";

    private final String subnet;
    private final Path file;
    private final Command command;
    private final Supplier<HostRoutes> standing;
    private final String chain;

    /**
     * @param subnet of the pods here
     * @param file which the routes are noted in
     * @param standing all routes of the moment, whoever has laid them
     */
    KernelRoutes(String subnet, Path file, Command command, Supplier<HostRoutes> standing) {
        this.subnet = subnet;
        this.file = file;
        this.command = command;
        this.standing = standing;
        // Names of chains are short.
        this.chain = "ORCHESTRATOR-" + subnet.substring(0, subnet.indexOf('/'));
    }

    /**
     * Lets these routes stand and no others of ours, whatever stood there.
     *
     * @throws CommandFailure when the kernel does not take them all
     */
    void apply(Collection<PodRoute> asked) {
        Set<String> gone = known();
        List<String> refused = new ArrayList<>();
        List<PodRoute> routes = harmless(asked, refused);
        Set<String> wanted = new TreeSet<>();
        routes.forEach(route -> wanted.add(route.toString()));
        Set<String> noted = new TreeSet<>(gone);
        noted.addAll(wanted);
        note(noted);
        gone.removeAll(wanted);
        gone.forEach(this::remove);
        restore(rules(routes));
        jump(FILTER, forwarded(), "-I");
        // Behind what others have put there: it takes all that is left.
        jump(NAT, "POSTROUTING", "-A", "-s", subnet);
        note(wanted);
        lay(routes, refused);
        if (!refused.isEmpty()) {
            throw new CommandFailure("no route to " + String.join("; ", refused));
        }
    }

    private List<PodRoute> harmless(Collection<PodRoute> asked, List<String> refused) {
        HostRoutes now = standing.get();
        List<PodRoute> ours = remembered();
        List<PodRoute> harmless = new ArrayList<>();
        for (PodRoute route : asked) {
            String harm = harm(route, now, ours);
            if (harm.isEmpty()) {
                harmless.add(route);
            } else {
                refused.add(route + ": " + harm);
            }
        }
        return harmless;
    }

    /** What the route would do to this machine; empty for none. */
    private String harm(PodRoute route, HostRoutes now, List<PodRoute> ours) {
        Optional<Cidr> range = Cidr.parse(route.subnet());
        if (range.isEmpty() || route.overlaps(new PodRoute(subnet, "")) || now.touchOwn(range.get())) {
            return "this machine is in a network of these addresses itself";
        }
        Set<String> others = new TreeSet<>(now.gateways(range.get()));
        ours.stream().filter(each -> each.subnet().equals(route.subnet())).forEach(each -> others.remove(each.via()));
        return others.isEmpty() ? "" : "somebody else has laid one by " + String.join(", ", others);
    }

    /** One that cannot be laid, as its node is of another segment, keeps none of the others from it. */
    private void lay(Collection<PodRoute> routes, List<String> refused) {
        for (PodRoute route : routes) {
            Result result = run("ip", "-4", "route", "replace", route.subnet(), "via", route.via());
            if (!result.succeeded()) {
                refused.add(route + ": " + result.output().strip());
            }
        }
    }

    /** Those of the process before. */
    List<PodRoute> remembered() {
        return known().stream().map(PodRoute::parse).flatMap(Optional::stream).toList();
    }

    /**
     * Takes all of it away, and what can be of it where a command gives no answer. A route of which it is not known stays noted.
     *
     * @throws CommandFailure when something may be left
     */
    void clear() {
        List<CommandFailure> failures = new ArrayList<>();
        Set<String> left = new TreeSet<>();
        for (String route : known()) {
            if (!attempt(() -> remove(route), failures)) {
                left.add(route);
            }
        }
        note(left);
        for (String from : List.of(ENGINES, FORWARD)) {
            attempt(() -> run("iptables", "-w", "-t", FILTER, "-D", from, "-j", chain), failures);
        }
        attempt(() -> run("iptables", "-w", "-t", NAT, "-D", "POSTROUTING", "-s", subnet, "-j", chain), failures);
        for (String table : List.of(FILTER, NAT)) {
            attempt(() -> run("iptables", "-w", "-t", table, "-F", chain), failures);
            attempt(() -> run("iptables", "-w", "-t", table, "-X", chain), failures);
        }
        if (!failures.isEmpty()) {
            CommandFailure first = failures.remove(0);
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }

    private static boolean attempt(Runnable step, List<CommandFailure> failures) {
        try {
            step.run();
            return true;
        } catch (CommandFailure e) {
            failures.add(e);
            return false;
        }
    }

    /** Both chains as a whole: a chain that is named is emptied first, in the same step. */
    private String rules(Collection<PodRoute> routes) {
        Set<String> senders = new TreeSet<>();
        Set<String> undisguised = new TreeSet<>(Set.of(subnet));
        for (PodRoute route : routes) {
            senders.add(route.subnet());
            senders.add(route.via() + "/32");
            undisguised.add(route.subnet());
        }
        StringBuilder script = new StringBuilder();
        begin(script, FILTER);
        senders.forEach(sender -> rule(script, "-s " + sender + " -d " + subnet + " -j ACCEPT"));
        script.append("COMMIT\n");
        begin(script, NAT);
        undisguised.forEach(range -> rule(script, "-d " + range + " -j RETURN"));
        rule(script, "-j MASQUERADE");
        return script.append("COMMIT\n").toString();
    }

    private void begin(StringBuilder script, String table) {
        script.append('*').append(table).append("\n:").append(chain).append(" - [0:0]\n");
    }

    private void rule(StringBuilder script, String words) {
        script.append("-A ").append(chain).append(' ').append(words).append('\n');
    }

    private void restore(String script) {
        Result result = command.run(List.of("iptables-restore", "-w", "--noflush"), script, DEADLINE);
        if (!result.succeeded()) {
            throw new CommandFailure("iptables-restore: " + result.output().strip());
        }
    }

    private String forwarded() {
        return run("iptables", "-w", "-t", FILTER, "-n", "-L", ENGINES).succeeded() ? ENGINES : FORWARD;
    }

    private void jump(String table, String from, String how, String... matching) {
        if (!run(rule(table, "-C", from, matching)).succeeded()) {
            must(rule(table, how, from, matching));
        }
    }

    private String[] rule(String table, String how, String from, String... matching) {
        List<String> words = new ArrayList<>(List.of("iptables", "-w", "-t", table, how, from));
        words.addAll(List.of(matching));
        words.addAll(List.of("-j", chain));
        return words.toArray(String[]::new);
    }

    /** One that somebody else took away is gone as well. */
    private void remove(String route) {
        Optional<PodRoute> known = PodRoute.parse(route);
        known.ifPresent(it -> run("ip", "-4", "route", "del", it.subnet(), "via", it.via()));
    }

    private void must(String... words) {
        Result result = run(words);
        if (!result.succeeded()) {
            throw new CommandFailure(
                    String.join(" ", words) + ": " + result.output().strip());
        }
    }

    private Result run(String... words) {
        return command.run(List.of(words), "", DEADLINE);
    }

    private Set<String> known() {
        try {
            return new HashSet<>(Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            return new HashSet<>();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(Set<String> routes) {
        try {
            Files.write(file, routes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
