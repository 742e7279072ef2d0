package io.orchestrator.core.network.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.core.network.address.Command.Result;
import io.orchestrator.core.network.address.HostCommand;
import io.orchestrator.testkit.junit.RequiresRoot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a table when the process that made it ends. */
@RequiresRoot
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LastWillIT {
    private final String table =
            "orchestrator_test_will_" + ProcessHandle.current().pid();

    @BeforeEach
    void needsNft() {
        Optional<String> obstacle = NftablesProxy.obstacle(new HostCommand(), table);
        Assumptions.assumeTrue(obstacle.isEmpty(), () -> "this machine's kernel takes no rules: " + obstacle);
    }

    @AfterEach
    void nothingIsLeft() {
        nft("add table ip " + table + "\ndelete table ip " + table + "\n");
    }

    private static Result nft(String script) {
        return new HostCommand().run(List.of("nft", "-f", "-"), script, Duration.ofSeconds(10));
    }

    private boolean isThere() {
        return new HostCommand()
                .run(List.of("nft", "list", "table", "ip", table), "", Duration.ofSeconds(10))
                .succeeded();
    }

    @Test
    void aProcessThatIsKilledLeavesNoRules() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LastWillIT.class.getName(),
                        table)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            assertThat(said.readLine()).isEqualTo("made");
            assertThat(isThere()).isTrue();
            process.destroyForcibly();
            await().atMost(Duration.ofSeconds(30)).until(() -> !isThere());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void whoTakesItsRulesAwayItselfTellsNobody() {
        assertThat(nft("add table ip " + table + "\n").succeeded()).isTrue();
        LastWill will = LastWill.takeAway(table);
        will.close();
        await().atMost(Duration.ofSeconds(30)).until(() -> !will.isWaiting());
        assertThat(isThere()).isTrue();
    }

    /** The process that is killed. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException, InterruptedException {
        LastWill will = LastWill.takeAway(args[0]);
        nft("add table ip " + args[0] + "\n");
        System.out.println("made");
        System.in.read();
        will.close();
    }
}
