package io.orchestrator.core.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BufferedRandomTest {
    @Test
    void nothingIsDrawnTwice() {
        BufferedRandom random = new BufferedRandom(new SecureRandom());
        assertThat(Stream.generate(random::nextLong).limit(1_000)).doesNotHaveDuplicates();
    }
}
