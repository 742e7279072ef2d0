package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineVersionTest {
    private static String answer(String version, String newest, String oldest) {
        return """
                {"Version":"%s","ApiVersion":"%s","MinAPIVersion":"%s","Arch":"amd64","Os":"linux"}""".formatted(version, newest, oldest);
    }

    @ParameterizedTest
    @CsvSource({
        "19.03.15, 1.40, 1.12, 1.40",
        "20.10.24, 1.41, 1.12, 1.41",
        "23.0.6,   1.42, 1.12, 1.42",
        "24.0.9,   1.43, 1.12, 1.43",
        "25.0.5,   1.44, 1.24, 1.44",
        "28.2.2,   1.50, 1.24, 1.44",
        "29.0.0,   1.52, 1.44, 1.44"
    })
    void theNewestThatBothSidesKnowIsSpoken(String version, String newest, String oldest, String spoken) {
        try (ToldEngine told = new ToldEngine(answer(version, newest, oldest));
                DockerEngine engine = DockerEngine.connect(told.host())) {
            assertThat(engine.apiVersion()).isEqualTo(spoken);
            assertThat(told.asked()).as("no version is taken for granted").containsExactly("/version");

            engine.client().versionCmd().exec();
            assertThat(told.asked()).last().isEqualTo("/v" + spoken + "/version");
        }
    }

    @Test
    void anEngineThatSaysNothingOfItsOldestIsSpokenTo() {
        try (ToldEngine told = new ToldEngine("{\"Version\":\"20.10.24\",\"ApiVersion\":\"1.41\"}");
                DockerEngine engine = DockerEngine.connect(told.host())) {
            assertThat(engine.apiVersion()).isEqualTo("1.41");
        }
    }

    @Test
    void anEngineThatIsTooOldIsRefused() {
        refused(answer("18.09.9", "1.39", "1.12"), "this Docker engine speaks API 1.39; at least 1.40 is needed");
    }

    @Test
    void anEngineThatWantsMoreThanWeKnowIsRefused() {
        refused(
                answer("40.0.0", "1.70", "1.45"),
                "this Docker engine wants at least API 1.45; 1.44 is the newest that is spoken here");
    }

    private static void refused(String answer, String why) {
        try (ToldEngine told = new ToldEngine(answer)) {
            assertThatThrownBy(() -> DockerEngine.connect(told.host()))
                    .hasMessageContaining(why)
                    .asInstanceOf(InstanceOfAssertFactories.type(RuntimeFailure.class))
                    .extracting(RuntimeFailure::kind)
                    .isEqualTo(Kind.UNSUPPORTED);
        }
    }
}
