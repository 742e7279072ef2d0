package io.orchestrator.core.network.address;

import io.orchestrator.core.network.address.Command.CommandFailure;
import io.orchestrator.core.network.address.Command.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds addresses on the interface {@code lo}, by the {@code ip} command; needs root. An address there is the machine's own on
 * every way that leads to the machine, so that Docker's pods reach it through their gateway. Other kinds of interface made for
 * this are missing in some kernels.
 *
 * <p>The range belongs to one cluster alone, so whatever is found in it at the start was left by a process that was killed, and
 * is taken off. Owned by one caller at a time.
 */
public final class InterfaceAddresses implements HostAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(InterfaceAddresses.class);
    private static final String INTERFACE = "lo";
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Pattern ADDRESS = Pattern.compile("inet (\\d+\\.\\d+\\.\\d+\\.\\d+)/32 ");

    private final Predicate<String> ours;
    private final Command command;
    private final Set<String> held = new TreeSet<>();

    /**
     * Empty where there is no {@code ip} command.
     *
     * @param ours the addresses that may be held; others are none of this object's business
     */
    public static Optional<InterfaceAddresses> of(Predicate<String> ours) {
        try {
            return Optional.of(new InterfaceAddresses(ours, new HostCommand()));
        } catch (CommandFailure e) {
            LOG.info("service addresses cannot be put on an interface: {}", e.getMessage());
            return Optional.empty();
        }
    }

    InterfaceAddresses(Predicate<String> ours, Command command) {
        this.ours = ours;
        this.command = command;
        change("del", present());
    }

    @Override
    public Map<String, String> hold(Set<String> addresses) {
        Set<String> wanted = new TreeSet<>();
        addresses.stream().filter(ours).forEach(wanted::add);
        Set<String> superfluous = new TreeSet<>(held);
        superfluous.removeAll(wanted);
        change("del", superfluous);
        held.removeAll(superfluous);
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(held);
        Map<String, String> failures = change("add", missing);
        missing.removeAll(failures.keySet());
        held.addAll(missing);
        return failures;
    }

    @Override
    public void close() {
        change("del", held);
        held.clear();
    }

    /** All in one run; when that fails, what it came to is read. */
    private Map<String, String> change(String verb, Set<String> addresses) {
        if (addresses.isEmpty()) {
            return Map.of();
        }
        StringBuilder batch = new StringBuilder();
        addresses.forEach(address -> batch.append("address ")
                .append(verb)
                .append(' ')
                .append(address)
                .append("/32 dev ")
                .append(INTERFACE)
                .append('\n'));
        try {
            Result result = command.run(List.of("ip", "-force", "-batch", "-"), batch.toString(), DEADLINE);
            return result.succeeded() ? Map.of() : unlike(verb, addresses, result.output());
        } catch (CommandFailure e) {
            return unlike(verb, addresses, String.valueOf(e.getMessage()));
        }
    }

    /** The addresses that are not as they should be, with the reason. */
    private Map<String, String> unlike(String verb, Set<String> addresses, String said) {
        Set<String> present;
        try {
            present = present();
        } catch (CommandFailure e) {
            LOG.warn("nobody can tell which addresses {} has", INTERFACE, e);
            present = verb.equals("add") ? Set.of() : addresses;
        }
        Map<String, String> failures = new HashMap<>();
        for (String address : addresses) {
            if (present.contains(address) != verb.equals("add")) {
                failures.put(address, said.strip());
            }
        }
        if (!failures.isEmpty()) {
            LOG.warn("ip address {} failed for {}: {}", verb, failures.keySet(), said.strip());
        }
        return failures;
    }

    /** Those of the range that the interface has. */
    private Set<String> present() {
        Result result = command.run(List.of("ip", "-4", "-o", "address", "show", "dev", INTERFACE), "", DEADLINE);
        if (!result.succeeded()) {
            throw new CommandFailure("ip address show: " + result.output().strip());
        }
        List<String> found = new ArrayList<>();
        Matcher matcher = ADDRESS.matcher(result.output());
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        found.removeIf(ours.negate());
        return new HashSet<>(found);
    }
}
