package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** An {@link IOException} says that pods cannot be connected here, and has the engine do it from then on. */
@DisabledOnOs(OS.WINDOWS)
class VethPairTest {
    private static final List<String> HANGS = List.of("/bin/sh", "-c", "exec sleep 60");

    @Test
    void aMachineThatIsTooBusySaysNothingOfTheNextTry() {
        assertThat(kindOf(catchThrowable(() -> VethPair.run(HANGS, Duration.ofMillis(1)))))
                .isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void neitherDoesTheEndOfThisProgram() {
        Thread.currentThread().interrupt();
        Throwable thrown = catchThrowable(() -> VethPair.run(HANGS, Duration.ofMinutes(1)));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(kindOf(thrown)).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void aProgramThatFailsIsQuoted() {
        List<String> fails = List.of("/bin/sh", "-c", "echo no such bridge; exit 1");
        assertThat(catchThrowable(() -> VethPair.run(fails, Duration.ofMinutes(1))))
                .isInstanceOf(IOException.class)
                .hasMessage("no such bridge");
    }

    private static Kind kindOf(Throwable thrown) {
        assertThat(thrown).isInstanceOf(RuntimeFailure.class);
        return ((RuntimeFailure) thrown).kind();
    }
}
