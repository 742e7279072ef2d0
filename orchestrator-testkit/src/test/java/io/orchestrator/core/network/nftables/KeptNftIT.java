package io.orchestrator.core.network.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.network.address.Command.Result;
import io.orchestrator.core.network.address.HostCommand;
import io.orchestrator.testkit.junit.RequiresRoot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RequiresRoot
@Timeout(240)
class KeptNftIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> NFT = List.of("nft", "-f", "-");

    private final String table = "orchestrator_kept_" + ProcessHandle.current().pid();
    private final HostCommand host = new HostCommand();
    private final AtomicInteger started = new AtomicInteger();
    private final SystemEnvironment system = new SystemEnvironment("kept-nft");
    private final KeptNft kept = new KeptNft(
            (command, input, deadline) -> {
                started.incrementAndGet();
                return host.run(command, input, deadline);
            },
            system.environment());

    @BeforeEach
    void needsNft() {
        Assumptions.assumeTrue(NftablesProxy.obstacle(host, table + "_probe").isEmpty());
        run("add table ip " + table + "\nadd set ip " + table + " s { type ipv4_addr; }\n");
    }

    @AfterEach
    void close() {
        host.run(NFT, "add table ip %1$s\ndelete table ip %1$s\n".formatted(table), PATIENCE);
        kept.close();
        system.close();
    }

    private Result run(String script) {
        return kept.run(NFT, script, PATIENCE);
    }

    private String elements() {
        return host.run(List.of("nft", "list", "set", "ip", table, "s"), "", PATIENCE)
                .output();
    }

    @Test
    void manyScriptsAreCarriedOutByOneProcess() {
        for (int i = 1; i < 20; i++) {
            assertThat(run("add element ip %s s { 10.0.0.%d }\n".formatted(table, i)))
                    .isEqualTo(new Result(0, ""));
        }
        assertThat(elements()).contains("10.0.0.1,", "10.0.0.19");
        assertThat(started).hasValue(0);
    }

    @Test
    void aScriptThatFailsChangesNothingAndTheNextOneIsTaken() {
        run("add element ip %s s { 10.0.0.1 }\n".formatted(table));
        Result refused =
                run("add element ip %1$s s { 10.0.0.2 }\ndelete element ip %1$s s { 10.0.0.9 }\n".formatted(table));
        assertThat(refused.succeeded()).isFalse();
        assertThat(refused.output()).contains("Error: ");
        assertThat(run("nonsense").succeeded()).isFalse();
        assertThat(run("add element ip %s s { 10.0.0.3 }\n".formatted(table)).succeeded())
                .isTrue();
        assertThat(elements()).contains("10.0.0.1", "10.0.0.3").doesNotContain("10.0.0.2");
    }

    @Test
    void whatOthersHaveChangedIsSeen() {
        run("add element ip %s s { 10.0.0.1 }\n".formatted(table));
        host.run(NFT, "delete table ip %1$s\n".formatted(table), PATIENCE);
        assertThat(run("add element ip %s s { 10.0.0.2 }\n".formatted(table)).succeeded())
                .isFalse();
        host.run(NFT, "table ip %1$s {\n set s { type ipv4_addr; }\n}\n".formatted(table), PATIENCE);
        assertThat(run("add element ip %s s { 10.0.0.2 }\n".formatted(table)).succeeded())
                .isTrue();
        assertThat(elements()).contains("10.0.0.2");
    }

    @Test
    void aProcessThatWasKilledIsFollowedByAnother() {
        run("add element ip %s s { 10.0.0.1 }\n".formatted(table));
        ProcessHandle.current().children().filter(this::isKept).forEach(ProcessHandle::destroyForcibly);
        assertThat(run("add element ip %s s { 10.0.0.2 }\n".formatted(table)).succeeded())
                .isTrue();
        assertThat(started).hasValue(1);
        assertThat(run("add element ip %s s { 10.0.0.3 }\n".formatted(table)).succeeded())
                .isTrue();
        assertThat(started).hasValue(1);
        assertThat(elements()).contains("10.0.0.2", "10.0.0.3");
    }

    private boolean isKept(ProcessHandle process) {
        return process.info().arguments().map(List::of).orElse(List.of()).contains("-i");
    }

    @Test
    void whatIsLongGoesTheWayBeneath() {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            script.append("add element ip %s s { 10.0.%d.%d }\n".formatted(table, 1 + i / 250, 1 + i % 250));
        }
        assertThat(run(script.toString()).succeeded()).isTrue();
        assertThat(started).hasValue(1);
        assertThat(elements()).contains("10.0.4.250");
    }

    @Test
    void nothingOfItIsLeftAfterTheClose() {
        run("add element ip %s s { 10.0.0.1 }\n".formatted(table));
        List<ProcessHandle> children =
                ProcessHandle.current().children().filter(this::isKept).toList();
        assertThat(children).isNotEmpty();
        kept.close();
        children.forEach(child -> child.onExit()
                .orTimeout(60, java.util.concurrent.TimeUnit.SECONDS)
                .join());
        assertThat(run("add element ip %s s { 10.0.0.2 }\n".formatted(table)).succeeded())
                .isTrue();
        assertThat(started).hasValue(1);
    }
}
