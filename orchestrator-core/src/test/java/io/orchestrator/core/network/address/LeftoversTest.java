package io.orchestrator.core.network.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.network.address.Command.CommandFailure;
import io.orchestrator.core.network.address.Command.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeftoversTest {
    private static final HostRoutes NO_ROUTES = HostRoutes.parse(List.of("Iface"));

    private final List<String> inputs = new ArrayList<>();
    private String tables = "";
    private String routes = "";
    private String addresses = "";

    private Result kernel(List<String> words, String input) {
        if (words.contains("tables")) {
            return new Result(0, tables);
        }
        if (words.contains("unreachable")) {
            return new Result(0, routes);
        }
        if (words.contains("show")) {
            return new Result(0, addresses);
        }
        inputs.add(input);
        return new Result(0, "");
    }

    private void remove(ClusterAddresses own) {
        new Leftovers((words, input, deadline) -> kernel(words, input)).remove(own);
    }

    /** Said so that one which has gone by itself meanwhile keeps no other. */
    private static String gone(String table) {
        return "add table ip " + table + "\ndelete table ip " + table + "\n";
    }

    private static ClusterAddresses claim() {
        return ClusterAddresses.routable(NO_ROUTES, new Random(), "");
    }

    @Test
    void whatNobodyClaimsAnyMoreIsRemovedAndWhatSomebodyClaimsIsNot() {
        try (ClusterAddresses own = claim();
                ClusterAddresses alive = claim()) {
            ClusterAddresses dead = claim();
            dead.close();
            tables = "table ip nat\ntable ip " + alive.label() + "\ntable ip " + dead.label() + "\ntable ip "
                    + dead.label() + "_policies\ntable ip " + dead.label() + "_7fa3\ntable ip orchestrator_others\n";
            routes = "unreachable " + alive.claimedRange() + " metric 4294967295 \nunreachable " + dead.claimedRange()
                    + " metric 4294967295 \n";
            addresses = "1: lo    inet " + alive.dnsAddress() + "/32 scope global lo\n1: lo    inet "
                    + dead.dnsAddress() + "/32 scope global lo\n";
            remove(own);
            assertThat(inputs)
                    .containsSubsequence(
                            gone(dead.label()) + gone(dead.label() + "_policies") + gone(dead.label() + "_7fa3"),
                            "address del " + dead.dnsAddress() + "/32 dev lo\n",
                            "route del unreachable " + dead.claimedRange() + " metric 4294967295\n")
                    .noneMatch(input -> input.contains(alive.label()) || input.contains(alive.dnsAddress()));
        }
    }

    @Test
    void whatStandsInTheCallersOwnRangeIsALeftoverAsWell() {
        try (ClusterAddresses own = claim()) {
            tables = "table ip " + own.label() + "\n";
            remove(own);
            assertThat(inputs).contains(gone(own.label()));
        }
    }

    @Test
    void theTablesOfLoopbackRangesAreFoundToo() {
        try (ClusterAddresses own = ClusterAddresses.onLoopback(new Random(), "")) {
            tables = "table ip " + own.label() + "\n";
            remove(own);
            assertThat(inputs).containsExactly(gone(own.label()));
        }
    }

    @Test
    void withoutTheProgramsNothingIsFound() {
        try (ClusterAddresses own = claim()) {
            new Leftovers((words, input, deadline) -> {
                        throw new CommandFailure("no such program");
                    })
                    .remove(own);
        }
        assertThat(inputs).isEmpty();
    }
}
