package io.orchestrator.core.network.address;

import io.orchestrator.core.network.address.Command.CommandFailure;
import io.orchestrator.core.network.address.Command.Result;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What processes that were killed have left in the kernel of this machine: packet rules, addresses and fences of ranges that
 * nobody claims any more. Rules that outlive their cluster would lead to addresses that others are given later, or drop their
 * packets. A range that somebody claims is not touched. Needs root, to find anything.
 */
public final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final List<String> TABLES = List.of("nft", "list", "tables", "ip");
    private static final List<String> ROUTES = List.of("ip", "-4", "route", "show", "type", "unreachable");
    private static final Pattern TABLE = Pattern.compile(
            "\\b" + ClusterAddresses.LABEL + "(127|10)_(\\d{1,3})(?:_policies|_[0-9a-f]{1,8})?(?=\\s|$)");
    private static final Pattern FENCE = Pattern.compile("\\bunreachable (10)\\.(\\d{1,3})\\.0\\.0/16\\b");

    private final Command command;

    public Leftovers() {
        this(new HostCommand());
    }

    Leftovers(Command command) {
        this.command = command;
    }

    /**
     * Removes them.
     *
     * @param own what the caller has claimed, before it has put anything there: what is found there is a leftover as well
     */
    public void remove(ClusterAddresses own) {
        String tables = said(TABLES);
        Set<String> addresses = new TreeSet<>();
        BiConsumer<Pattern, String> look = (pattern, text) -> {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                addresses.add(matcher.group(1) + "." + matcher.group(2) + ".0.1");
            }
        };
        look.accept(TABLE, tables);
        look.accept(FENCE, said(ROUTES));
        for (String address : addresses) {
            if (own.isServiceAddress(address)) {
                clear(own, tables);
            } else {
                // Claimed for as long as it takes: who comes back to it meanwhile takes another.
                ClusterAddresses.around(address).ifPresent(abandoned -> {
                    try (abandoned) {
                        clear(abandoned, tables);
                    }
                });
            }
        }
    }

    private void clear(ClusterAddresses range, String tables) {
        StringBuilder script = new StringBuilder();
        Matcher matcher = TABLE.matcher(tables);
        while (matcher.find()) {
            if (range.isServiceAddress(matcher.group(1) + "." + matcher.group(2) + ".0.1")) {
                // It may go by itself meanwhile: see LastWill.
                String table = "table ip " + matcher.group() + "\n";
                script.append("add ").append(table).append("delete ").append(table);
            }
        }
        if (!script.isEmpty()) {
            run(List.of("nft", "-f", "-"), script.toString());
        }
        if (range.podRange().isEmpty()) {
            try {
                // What opens such an object takes off what it finds, and this one ends the fence, whoever laid it.
                new FencedAddresses(
                                new InterfaceAddresses(range::isServiceAddress, command), range.claimedRange(), command)
                        .close();
            } catch (CommandFailure e) {
                LOG.warn("leftover addresses of {} cannot be looked for", range.label(), e);
            }
        }
        LOG.info("what a process that was killed had left for {} is removed", range.label());
    }

    private String said(List<String> words) {
        try {
            Result result = command.run(words, "", DEADLINE);
            return result.succeeded() ? result.output() : "";
        } catch (CommandFailure e) {
            LOG.debug("there is no {} to find leftovers by", words.get(0), e);
            return "";
        }
    }

    private void run(List<String> words, String input) {
        try {
            Result result = command.run(words, input, DEADLINE);
            if (!result.succeeded()) {
                LOG.warn("{}: {}", String.join(" ", words), result.output().strip());
            }
        } catch (CommandFailure e) {
            LOG.warn("{}", String.join(" ", words), e);
        }
    }
}
