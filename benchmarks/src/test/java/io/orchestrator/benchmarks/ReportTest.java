package io.orchestrator.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchestrator.benchmarks.store.MemoryStoreScenario;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void aRunEndsInOneLineOfJsonWithFiguresAndRatios() throws Exception {
        Report report = new MemoryStoreScenario()
                .run(Options.parse(List.of("--keys", "200", "--writes", "400", "--threads", "2")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        report.print(new PrintStream(out, true, StandardCharsets.UTF_8));
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        JsonNode json = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(json.get("scenario").asText()).isEqualTo("store-memory");
        assertThat(json.get("figures").get("gets").asDouble()).isPositive();
        assertThat(json.get("ratios").get("gets").asDouble()).isPositive();
        assertThat(lines).hasSizeGreaterThan(5);
    }

    @Test
    void namesOfScenariosAreDistinct() {
        assertThat(Scenarios.all()).extracting(Scenario::name).doesNotHaveDuplicates();
    }

    @Test
    void optionsComeInPairs() {
        assertThat(Options.parse(List.of("--keys", "5")).number("keys", 1)).isEqualTo(5);
        assertThat(new Options(Map.of()).number("keys", 1)).isEqualTo(1);
        assertThatThrownBy(() -> Options.parse(List.of("--keys"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Options.parse(List.of("keys", "5"))).isInstanceOf(IllegalArgumentException.class);
    }
}
