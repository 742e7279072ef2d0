package io.orchestrator.core.network.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.network.address.Command.Result;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class PolicyEnforcementTest {
    private static final String POD = "192.0.2.2";
    private static final PolicyTable CLOSED =
            new PolicyTable(Map.of(POD, new Isolation("in default/web", List.of())), Map.of());

    private final List<String> scripts = new ArrayList<>();
    private Predicate<String> refused = script -> false;

    private final PolicyEnforcement enforcement = new PolicyEnforcement(
            (command, input, deadline) -> {
                scripts.add(input);
                return refused.test(input) ? new Result(1, "no such chain") : new Result(0, "");
            },
            "t",
            List.of("10.96.0.0/16"),
            "");

    private boolean admits() throws UnknownHostException {
        return enforcement.admits(InetAddress.getByName("192.0.2.9"), new Endpoint(POD, 80), "TCP");
    }

    private static boolean isOfPods(String script) {
        return script.contains("add chain");
    }

    @Test
    void whatTheKernelHoldsTheProxyHoldsToo() throws UnknownHostException {
        assertThat(enforcement.apply(CLOSED)).isTrue();
        assertThat(admits()).isFalse();
        assertThat(enforcement.apply(PolicyTable.EMPTY)).isTrue();
        assertThat(admits()).isTrue();
    }

    @Test
    void whileTheKernelRefusesNobodyIsTurnedAway() throws UnknownHostException {
        refused = PolicyEnforcementTest::isOfPods;
        assertThat(enforcement.apply(CLOSED)).isFalse();
        assertThat(enforcement.failure()).isEqualTo("no such chain");
        assertThat(admits()).isTrue();

        refused = script -> true;
        assertThat(enforcement.apply(CLOSED)).isFalse();
        assertThat(admits()).isTrue();

        refused = script -> false;
        assertThat(enforcement.apply(CLOSED)).isTrue();
        assertThat(enforcement.failure()).isEmpty();
        assertThat(admits()).isFalse();
    }

    @Test
    void aRefusalIsForgottenWithThePoliciesThatItWasOf() {
        refused = PolicyEnforcementTest::isOfPods;
        enforcement.apply(CLOSED);
        assertThat(enforcement.apply(PolicyTable.EMPTY)).isTrue();
        assertThat(enforcement.failure()).isEmpty();

        int said = scripts.size();
        assertThat(enforcement.apply(PolicyTable.EMPTY)).isTrue();
        assertThat(scripts).as("nothing stands").hasSize(said);
    }

    @Test
    void whatCouldNotBeTakenAwayIsTakenAwayLater() {
        enforcement.apply(CLOSED);
        refused = script -> true;
        assertThat(enforcement.apply(PolicyTable.EMPTY)).isFalse();
        assertThat(enforcement.failure()).isNotEmpty();
        refused = script -> false;
        assertThat(enforcement.apply(PolicyTable.EMPTY)).isTrue();
        assertThat(enforcement.failure()).isEmpty();
        assertThat(scripts.get(scripts.size() - 1)).isEqualTo("add table ip t\ndelete table ip t\n");
    }

    @Test
    void theEndTakesAwayWhatARefusalMayHaveLeft() {
        refused = script -> true;
        enforcement.apply(CLOSED);
        int said = scripts.size();
        enforcement.close();
        assertThat(scripts).hasSize(said + 1);
    }
}
